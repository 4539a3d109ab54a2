package org.evenkeel.identity.web;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address within the application that someone may be sent to; nothing that a browser could take for another server. */
final class LocalPath {
    private static final Pattern PLAIN = Pattern.compile("/(?![/\\\\])[A-Za-z0-9/._~!$&'()*+,;=:@?%-]*");
    private static final int LONGEST = 1000;

    private LocalPath() {}

    /** The address if it is a local page, other than those for people who are not signed in. */
    static Optional<String> of(@Nullable String address) {
        return Optional.ofNullable(address)
                .filter(path -> path.length() <= LONGEST && PLAIN.matcher(path).matches())
                .filter(path -> !path.contains("//") && !path.contains("/.") && !isOutside(path));
    }

    /** The path and query of the page that sent the request, if it is one of ours. */
    static Optional<String> ofReferer(@Nullable String referer, @Nullable String host) {
        if (referer == null || host == null) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(referer);
            String query = uri.getRawQuery();
            return host.equals(uri.getAuthority())
                    ? of(query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOutside(String path) {
        return path.equals("/") || path.matches("/(login|setup|failure|api|jakarta\\.faces\\.[a-z]+)([/?].*)?");
    }
}
