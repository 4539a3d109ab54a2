package org.evenkeel.digest.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.evenkeel.digest.DigestWishes;
import org.evenkeel.digest.DigestWishes.Last;
import org.evenkeel.digest.DigestWishes.Wish;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.identity.web.Me;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** The part of one's own account that is about the digest. */
@Named("ownDigest")
@RequestScoped
public class OwnDigestBean {
    private static final String PAGE = "/identity/account?faces-redirect=true";
    private static final LocalTime USUAL = LocalTime.of(18, 0);

    private DigestWishes wishes;
    private SignedIn signedIn;
    private Me me;

    private @Nullable Optional<Wish> present;
    private @Nullable String address;
    private @Nullable LocalTime at;

    @SuppressWarnings("NullAway.Init")
    protected OwnDigestBean() {}

    @Inject
    public OwnDigestBean(DigestWishes wishes, SignedIn signedIn, Me me) {
        this.wishes = wishes;
        this.signedIn = signedIn;
        this.me = me;
    }

    public @Nullable String want() {
        try {
            wishes.want(signedIn.actor(), getAddress(), getAt());
            Notices.done("digest.saved");
            return PAGE;
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public String stop() {
        wishes.stop(signedIn.actor());
        Notices.done("digest.stopped");
        return PAGE;
    }

    public boolean isWanted() {
        return present().isPresent();
    }

    public @Nullable Wish getWish() {
        return present().orElse(null);
    }

    /** The time of the present wish in words. */
    public String getClock() {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(me.getLanguage()))
                .format(present().map(Wish::at).orElse(USUAL));
    }

    public @Nullable Last getLast() {
        return wishes.last(signedIn.actor()).orElse(null);
    }

    private Optional<Wish> present() {
        Optional<Wish> known = present;
        if (known == null) {
            known = wishes.mine(signedIn.actor());
            present = known;
        }
        return known;
    }

    public String getAddress() {
        String typed = address;
        return typed != null ? typed : present().map(Wish::address).orElse("");
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public LocalTime getAt() {
        LocalTime typed = at;
        return typed != null ? typed : present().map(Wish::at).orElse(USUAL);
    }

    public void setAt(LocalTime at) {
        this.at = at;
    }
}
