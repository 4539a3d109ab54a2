package org.evenkeel.identity.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evenkeel.testing.HttpVisitor;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and what it protects, through HTTP. */
class SignInIT {
    private static final String PASSWORD = "demo-evenkeel";
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final List<String> OPEN = List.of("/login", "/setup");

    /** What links in messages lead to; without a token that is known they are not there. */
    private static final List<String> LINKED = List.of("/answer", "/stop");

    private final RunningServer server = RunningServer.demo();
    private final HttpVisitor visitor = new HttpVisitor(server.address());

    @Test
    void withoutSigningInThereAreNoPages() throws IOException {
        List<String> pages;
        try (Stream<Path> files = Files.walk(PAGES)) {
            pages = files.map(file -> "/" + PAGES.relativize(file))
                    .filter(path -> path.endsWith(".xhtml") && !path.startsWith("/WEB-INF"))
                    .toList();
        }
        assertTrue(pages.size() > 8, pages.toString());
        for (String page : pages) {
            String address = page.replace(".xhtml", "");
            if (LINKED.contains(address)) {
                assertEquals(404, visitor.get(address + "?t=unknown").statusCode(), address);
            } else if (!OPEN.contains(address)) {
                assertTrue(visitor.location(visitor.get(address)).startsWith("/login"), address);
                assertTrue(visitor.location(visitor.get(page)).startsWith("/login"), page);
            }
        }
        for (String other : List.of("/", "/nothing", "/identity", "/resources/evenkeel/css/evenkeel.css")) {
            assertTrue(visitor.location(visitor.get(other)).startsWith("/login"), other);
        }
        assertEquals(404, visitor.get("/WEB-INF/web.xml").statusCode());
        assertEquals(404, visitor.get("/setup").statusCode(), "there is an administrator");
    }

    @Test
    void theLoginCookieIsForThisServerAndNotForScripts() {
        HttpResponse<String> answer = visitor.signIn("desk", PASSWORD);
        assertEquals(302, answer.statusCode());
        assertEquals("/board", visitor.location(answer));
        String cookie = HttpVisitor.setCookie(answer, "evenkeel").orElseThrow();
        assertTrue(cookie.contains("; HttpOnly"), cookie);
        assertTrue(cookie.contains("; SameSite=Lax"), cookie);
        assertTrue(cookie.contains("; Path=/"), cookie);
        assertFalse(cookie.contains("Max-Age"), cookie);
        assertEquals(43, String.valueOf(visitor.cookies().get("evenkeel")).length());
        assertTrue(HttpVisitor.setCookie(answer, "LtpaToken2").isEmpty(), "the server's own token is not used");
    }

    @Test
    void whatABrowserHadBeforeSigningInIsWorthNothingAfterwards() {
        visitor.cookies().put("evenkeel", "chosen-by-somebody-else");
        visitor.get("/login");
        String before = visitor.cookies().getOrDefault("pages", "");
        visitor.signIn("desk", PASSWORD);
        assertNotEquals("chosen-by-somebody-else", visitor.cookies().get("evenkeel"));
        assertNotEquals(before, visitor.cookies().get("pages"));
        HttpVisitor other = new HttpVisitor(server.address());
        other.cookies().put("evenkeel", "chosen-by-somebody-else");
        other.cookies().put("pages", before);
        assertTrue(other.location(other.get("/identity/account")).startsWith("/login"));
    }

    @Test
    void afterSigningOutTheCookieIsRefused() {
        visitor.signIn("desk", PASSWORD);
        HttpVisitor thief = new HttpVisitor(server.address());
        thief.cookies().putAll(visitor.cookies());
        assertEquals(200, thief.get("/identity/account").statusCode());
        HttpResponse<String> left = visitor.submit(visitor.get("/identity/account"), "user", "user:logout", Map.of());
        assertEquals("/login", visitor.location(left));
        assertFalse(visitor.cookies().containsKey("evenkeel"));
        HttpResponse<String> replayed = thief.get("/identity/account");
        assertEquals("/login?to=%2Fidentity%2Faccount&ended=true", thief.location(replayed));
    }

    @Test
    void unknownAndWrongGetTheSameReply() {
        String unknown = neutral(visitor.signIn("nobod", "wrong"));
        String wrong = neutral(new HttpVisitor(server.address()).signIn("desk2", "wrong"));
        assertTrue(unknown.startsWith("200"), unknown);
        assertEquals(unknown.replace("nobod", "desk2"), wrong);
    }

    @ParameterizedTest
    @CsvSource({
        "/identity/account?x=1, /identity/account?x=1",
        "//evil.example/, /board",
        "https://evil.example/, /board",
        "/\\evil.example, /board",
        "/%2F/evil.example, /%2F/evil.example",
        "/../board, /board",
        "javascript:alert(1), /board",
        "/login, /board",
        "/api/sessions, /board"
    })
    void signingInLeadsBackToLocalPagesOnly(String wanted, String reached) {
        HttpResponse<String> page = visitor.get("/login");
        HttpResponse<String> answer =
                visitor.submit(page, "login", "logIn", Map.of("username", "desk", "password", PASSWORD, "to", wanted));
        assertEquals(reached, visitor.location(answer));
    }

    @Test
    void theWantedPageAndItsStateAreKept() {
        assertEquals("/login?to=%2Faudit%2Flist%3Fpage%3D2", visitor.location(visitor.get("/audit/list?page=2")));
    }

    @Test
    void aPartialRequestWithoutASessionLeadsToTheLoginPage() {
        visitor.cookies().put("evenkeel", "long-gone");
        HttpResponse<String> answer = visitor.post(
                "/identity/account",
                Map.of("any", "thing"),
                "Faces-Request",
                "partial/ajax",
                "Referer",
                server.address() + "/identity/account?x=1");
        assertEquals(200, answer.statusCode());
        assertTrue(
                answer.body().contains("<redirect url=\"/login?to=%2Fidentity%2Faccount%3Fx%3D1&amp;ended=true\"/>"),
                answer.body());
    }

    @Test
    void whatRunsInTheBackgroundIsToldSoPlainly() {
        assertEquals(
                401, visitor.get("/identity/account", "X-Background", "true").statusCode());
    }

    @Test
    void theApiTakesTokensAndNothingElse() {
        visitor.signIn("desk", PASSWORD);
        for (String path : List.of("/api/therapists", "/api/nothing", "/%61pi/therapists", "/api")) {
            HttpResponse<String> refused = visitor.get(path);
            assertEquals(401, refused.statusCode(), path);
            assertTrue(
                    refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
            assertTrue(refused.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"));
        }
        HttpVisitor program = new HttpVisitor(server.address());
        assertEquals(
                200,
                program.get("/api/therapists", "Authorization", "Bearer demo-token-desk")
                        .statusCode());
        assertEquals(
                401,
                program.get("/api/therapists", "Authorization", "Bearer demo-token-desq")
                        .statusCode());
        assertEquals(
                401,
                program.get("/api/therapists", "Authorization", "Basic ZGVzazpkZW1v")
                        .statusCode());
        HttpResponse<String> page = program.get("/identity/account", "Authorization", "Bearer demo-token-desk");
        assertTrue(program.location(page).startsWith("/login"), "pages take no tokens");
        assertEquals(0, program.cookies().size(), "a token leaves no session behind");
    }

    @Test
    void administrationIsForAdministrators() {
        visitor.signIn("lead", PASSWORD);
        for (String page : List.of("/identity/accounts", "/identity/edit", "/identity/settings")) {
            HttpResponse<String> refused = visitor.get(page);
            assertEquals(403, refused.statusCode(), page);
            assertTrue(HttpVisitor.text(refused).contains("Reference: "), page);
        }
        assertEquals(200, visitor.get("/audit/list").statusCode(), "by patient");
        HttpVisitor desk = new HttpVisitor(server.address());
        desk.signIn("desk", PASSWORD);
        assertEquals(403, desk.get("/audit/list").statusCode());
        String verification = "/api/audit/verification";
        assertEquals(
                403,
                desk.get(verification, "Authorization", "Bearer demo-token-lead")
                        .statusCode());
        HttpResponse<String> verified = desk.get(verification, "Authorization", "Bearer demo-token-admin");
        assertTrue(verified.body().contains("\"intact\":true"), verified.body());
    }

    @Test
    void pagesCarryTheHeadersThatProtectThem() {
        visitor.signIn("admin", PASSWORD);
        for (HttpResponse<String> answer : List.of(
                visitor.get("/identity/account"),
                visitor.get("/nothing"),
                new HttpVisitor(server.address()).get("/login"),
                new HttpVisitor(server.address()).get("/identity/account"),
                visitor.get("/api/therapists", "Authorization", "Bearer demo-token-admin"))) {
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            assertEquals("same-origin", header(answer, "Referrer-Policy"));
            assertTrue(header(answer, "Content-Security-Policy").contains("frame-ancestors 'none'"));
            assertTrue(header(answer, "Cache-Control").contains("no-store"));
        }
        String policy =
                String.join("; ", visitor.get("/identity/account").headers().allValues("Content-Security-Policy"));
        String scripts = policy.substring(policy.indexOf("script-src"));
        assertTrue(scripts.startsWith("script-src 'self' 'nonce-"), scripts);
        assertFalse(scripts.contains("unsafe"), scripts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jakarta.faces.resource/css/../../WEB-INF/web.xml.xhtml?ln=evenkeel",
                "/jakarta.faces.resource/..%2f..%2fWEB-INF/web.xml.xhtml",
                "/jakarta.faces.resource/%2e%2e/WEB-INF/web.xml.xhtml",
                "/jakarta.faces.resource/web.xml.xhtml?ln=../WEB-INF",
                "/jakarta.faces.resource/web.xml.xhtml?ln=%2e%2e%2fWEB-INF",
                "/jakarta.faces.resource/web.xml.xhtml?ln=evenkeel&con=../../WEB-INF",
                "/jakarta.faces.resource/web.xml.xhtml?ln=evenkeel&loc=../../WEB-INF",
                "/jakarta.faces.resource/http://evil.example/x.js.xhtml",
                "/jakarta.faces.resource/http:%2f%2fevil.example%2fx.js.xhtml",
                "/jakarta.faces.resource/x.js.xhtml?ln=http://evil.example",
                "/jakarta.faces.resource/css/evenkeel.css.xhtml?ln=unknown",
                "/jakarta.faces.resource/css%5cevenkeel.css.xhtml?ln=evenkeel",
                "/jakarta.faces.resource/"
            })
    void resourceAddressesThatLeadElsewhereAreRefused(String address) {
        int status = visitor.get(address).statusCode();
        assertTrue(status == 404 || status == 400, status + " " + address);
    }

    @Test
    void resourcesThatAreThereAreServed() {
        assertEquals(
                200,
                visitor.get("/jakarta.faces.resource/css/evenkeel.css.xhtml?ln=evenkeel")
                        .statusCode());
        assertEquals(
                200,
                visitor.get("/jakarta.faces.resource/faces.js.xhtml?ln=jakarta.faces")
                        .statusCode());
        assertEquals(
                200,
                visitor.get("/jakarta.faces.resource/core.js.xhtml?ln=primefaces")
                        .statusCode());
    }

    @Test
    void nothingChangesOnGetNorWithoutAPagesOwnForm() {
        visitor.signIn("admin", PASSWORD);
        String before = HttpVisitor.text(visitor.get("/identity/edit"));
        visitor.get("/identity/edit?edit_SUBMIT=1&username=mole&displayName=Mole&roles=ADMIN"
                + "&password=quiet+river+under+stones&active=true&save=x");
        Map<String, String> forged = Map.of(
                "edit_SUBMIT", "1",
                "username", "mole",
                "displayName", "Mole",
                "roles", "ADMIN",
                "password", "quiet river under stones",
                "active", "true",
                "save", "x");
        visitor.post("/identity/edit", forged);
        HttpResponse<String> crossSite =
                visitor.submit(visitor.get("/identity/edit"), "edit", "save", forged, "Origin", "https://evil.example");
        assertEquals(403, crossSite.statusCode());
        HttpResponse<String> told =
                visitor.submit(visitor.get("/identity/edit"), "edit", "save", forged, "Sec-Fetch-Site", "cross-site");
        assertEquals(403, told.statusCode());
        assertFalse(
                HttpVisitor.text(visitor.get("/identity/accounts?search=mole")).contains("Mole"));
        assertEquals(before, HttpVisitor.text(visitor.get("/identity/edit")));
        visitor.get("/identity/account?user_SUBMIT=1&user:logout=x");
        assertEquals(200, visitor.get("/identity/account").statusCode(), "still signed in");
    }

    @Test
    void accountsAreAdministeredAndTheirTokensShownOnce() {
        visitor.signIn("admin", PASSWORD);
        HttpResponse<String> short1 = visitor.submit(
                visitor.get("/identity/edit"),
                "edit",
                "save",
                Map.of("username", "night.shift", "displayName", "Night Shift", "roles", "DESK", "password", "short"));
        assertTrue(HttpVisitor.text(short1).contains("The password must have 12 to 256 characters."));
        assertTrue(short1.body().contains("value=\"night.shift\""), "what was typed is kept");
        HttpResponse<String> created = visitor.submit(
                short1,
                "edit",
                "save",
                Map.of("roles", "DESK", "password", "quiet river under stones", "active", "true"));
        String page = visitor.location(created);
        assertTrue(page.startsWith("/identity/edit?id="), HttpVisitor.text(created));
        HttpResponse<String> tokenMade =
                visitor.submit(visitor.get(page), "newTokenForm", "createToken", Map.of("name", "report"));
        HttpResponse<String> shown = visitor.get(visitor.location(tokenMade));
        String token = shown.body().replaceAll("(?s).*id=\"newToken\"[^>]*value=\"([^\"]*)\".*", "$1");
        assertEquals(43, token.length());
        assertFalse(visitor.get(page).body().contains(token));
        HttpVisitor program = new HttpVisitor(server.address());
        assertEquals(
                200,
                program.get("/api/therapists", "Authorization", "Bearer " + token)
                        .statusCode());
        assertEquals(
                302,
                new HttpVisitor(server.address())
                        .signIn("night.shift", "quiet river under stones")
                        .statusCode());
    }

    @Test
    void aFailureSaysItsReferenceAndNothingElse() {
        visitor.signIn("desk", PASSWORD);
        HttpResponse<String> missing = visitor.get("/patient/nobody?name=Secretname");
        assertEquals(404, missing.statusCode());
        assertTrue(HttpVisitor.text(missing).matches(".*Reference: [0-9A-F]{10}.*"), HttpVisitor.text(missing));
        assertFalse(missing.body().contains("Secretname"));
        assertFalse(missing.body().contains("Exception"));
    }

    private static String neutral(HttpResponse<String> answer) {
        return answer.statusCode() + " " + HttpVisitor.text(answer) + " "
                + answer.body()
                        .replaceAll("nonce-?[=:]?\"?[A-Za-z0-9+/=]+|init\\('[^']*'\\)|ViewState:?\\d*", "")
                        .length();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join(" ", answer.headers().allValues(name));
    }
}
