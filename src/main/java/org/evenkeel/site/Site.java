package org.evenkeel.site;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place of the centre. Its zone turns wall times (opening hours, working hours, what a receptionist types) into instants. */
@Entity
public class Site {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "site_seq")
    @SequenceGenerator(name = "site_seq", sequenceName = "site_seq", allocationSize = 50)
    private long id;

    private String name;
    private String zone;
    private String phone;

    @Column(name = "place_in_messages")
    private @Nullable String placeInMessages;

    private boolean active = true;

    @ElementCollection
    @CollectionTable(name = "opening_hours", joinColumns = @JoinColumn(name = "site_id"))
    private Set<OpeningHours> openingHours = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "closure_day", joinColumns = @JoinColumn(name = "site_id"))
    private Set<ClosureDay> closureDays = new HashSet<>();

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Site() {}

    public Site(String name, ZoneId zone, String phone) {
        this.name = name;
        this.zone = zone.getId();
        this.phone = phone;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public ZoneId zone() {
        return ZoneId.of(zone);
    }

    /** Only together with the sessions of the site, whose wall times it changes. */
    public void moveTo(ZoneId newZone) {
        zone = newZone.getId();
    }

    public String phone() {
        return phone;
    }

    public boolean isActive() {
        return active;
    }

    public long version() {
        return version;
    }

    public Set<OpeningHours> openingHours() {
        return Set.copyOf(openingHours);
    }

    public Set<ClosureDay> closureDays() {
        return Set.copyOf(closureDays);
    }

    public void describe(String newName, String newPhone, boolean nowActive) {
        name = newName;
        phone = newPhone;
        active = nowActive;
    }

    /** @param place what messages to patients call it; never a word that betrays */
    public void callInMessages(String place) {
        placeInMessages = place;
    }

    public void openAt(Collection<OpeningHours> hours) {
        openingHours.clear();
        openingHours.addAll(hours);
    }

    /** One closure a day: another reason takes the place of the one before. */
    public void closeOn(ClosureDay day) {
        closureDays.removeIf(other -> other.date().equals(day.date()));
        closureDays.add(day);
    }

    SiteDetails details() {
        return details(openingHours, closureDays);
    }

    /** As {@link #details()}, with collections that were read apart. */
    SiteDetails details(Collection<OpeningHours> hours, Collection<ClosureDay> closures) {
        return new SiteDetails(
                name,
                zone(),
                phone,
                placeInMessages == null ? "" : placeInMessages,
                active,
                List.copyOf(hours),
                List.copyOf(closures));
    }

    /** Takes everything but the zone. */
    void describe(SiteDetails details) {
        describe(details.name(), details.phone(), details.active());
        placeInMessages = details.placeInMessages().isEmpty() ? null : details.placeInMessages();
        openAt(details.openingHours());
        closureDays.clear();
        closureDays.addAll(details.closureDays());
    }

    @Override
    public String toString() {
        return "Site " + id;
    }
}
