package org.evenkeel.therapist;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives sessions. Qualifications and working hours say which, where and when; time off says when not. */
@Entity
public class Therapist {

    /** As patients may wish for it. */
    public enum Gender {
        FEMALE,
        MALE,
        OTHER
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "therapist_seq")
    @SequenceGenerator(name = "therapist_seq", sequenceName = "therapist_seq", allocationSize = 50)
    private long id;

    private String title;

    @Column(name = "given_name")
    private String givenName;

    @Column(name = "family_name")
    private String familyName;

    @Enumerated(EnumType.STRING)
    private Gender gender;

    private boolean active = true;

    @ElementCollection
    @CollectionTable(name = "therapist_language", joinColumns = @JoinColumn(name = "therapist_id"))
    @Column(name = "language")
    private Set<String> languages = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "working_hours", joinColumns = @JoinColumn(name = "therapist_id"))
    private Set<WorkingHours> workingHours = new HashSet<>();

    @OneToMany(mappedBy = "therapist", cascade = CascadeType.ALL, orphanRemoval = true)
    private Set<Qualification> qualifications = new HashSet<>();

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Therapist() {}

    public Therapist(String title, String givenName, String familyName, Gender gender) {
        describe(title, givenName, familyName, gender, true);
    }

    public final void describe(String newTitle, String given, String family, Gender newGender, boolean nowActive) {
        title = newTitle;
        givenName = given;
        familyName = family;
        gender = newGender;
        active = nowActive;
    }

    public long id() {
        return id;
    }

    public String title() {
        return title;
    }

    public String givenName() {
        return givenName;
    }

    public String familyName() {
        return familyName;
    }

    /** "Dr Lee", or "Jin Lee" for one without a title; what boards and refusals say. */
    public String displayName() {
        return displayName(title, givenName, familyName);
    }

    public static String displayName(String title, String givenName, String familyName) {
        return (title.isBlank() ? givenName : title) + " " + familyName;
    }

    public Gender gender() {
        return gender;
    }

    public boolean isActive() {
        return active;
    }

    /** Language tags, such as "en", "es". */
    public Set<String> languages() {
        return Set.copyOf(languages);
    }

    public void speak(Collection<String> tags) {
        languages.clear();
        languages.addAll(tags);
    }

    public Set<WorkingHours> workingHours() {
        return Set.copyOf(workingHours);
    }

    public void workAt(Collection<WorkingHours> hours) {
        workingHours.clear();
        workingHours.addAll(hours);
    }

    public Set<Qualification> qualifications() {
        return Set.copyOf(qualifications);
    }

    public void qualify(Qualification qualification) {
        qualifications.add(qualification);
    }

    public void unqualify(Qualification qualification) {
        qualifications.remove(qualification);
    }

    public long version() {
        return version;
    }

    TherapistDetails details() {
        return new TherapistDetails(
                title,
                givenName,
                familyName,
                gender,
                List.copyOf(languages),
                qualifications.stream().map(Qualification::inForm).toList(),
                active);
    }

    /** Qualifications that stay keep their rows. */
    final void describe(TherapistDetails details) {
        describe(details.title(), details.givenName(), details.familyName(), details.gender(), details.active());
        languages.retainAll(details.languages());
        languages.addAll(details.languages());
        qualifications.removeIf(held -> !details.qualifications().contains(held.inForm()));
        Set<Qualified> kept = qualifications.stream().map(Qualification::inForm).collect(Collectors.toSet());
        details.qualifications().stream()
                .filter(wanted -> !kept.contains(wanted))
                .forEach(wanted -> qualifications.add(
                        new Qualification(this, wanted.modalityId(), wanted.validFrom(), wanted.validTo())));
    }

    @Override
    public String toString() {
        return "Therapist " + id;
    }
}
