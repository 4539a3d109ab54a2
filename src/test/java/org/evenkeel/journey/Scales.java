package org.evenkeel.journey;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicLong;

/** Weighs pages as a browser meets them that has nothing in its cache: bytes on the wire, compressed, headers among them. */
final class Scales {
    private final Page page;
    private final AtomicLong bytes = new AtomicLong();

    private Scales(Page page) {
        this.page = page;
    }

    /** From now on that window keeps nothing in its cache. */
    static Scales of(Page page) {
        Scales scales = new Scales(page);
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.on(
                "Network.loadingFinished",
                event -> scales.bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        JsonObject disabled = new JsonObject();
        disabled.addProperty("cacheDisabled", true);
        devtools.send("Network.enable");
        devtools.send("Network.setCacheDisabled", disabled);
        return scales;
    }

    /** Puts the scales to nothing, for the next page. */
    void empty() {
        bytes.set(0);
    }

    long kilobytes() {
        return bytes.get() / 1_000;
    }

    /** Fails if what has come since the scales were empty is heavier. */
    void assertAtMost(long kilobytes) {
        assertTrue(
                kilobytes() <= kilobytes, () -> page.url() + " weighs " + kilobytes() + " kB, more than " + kilobytes);
    }
}
