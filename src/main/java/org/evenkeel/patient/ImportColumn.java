package org.evenkeel.patient;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a column of a file means, told by its header in any case and with any punctuation; Synthea's names among them. */
public enum ImportColumn {
    EXTERNAL_ID("id", "externalid", "patientid", "uuid", "patient"),
    RECORD_NUMBER("recordnumber", "recordno", "record", "mrn", "medicalrecordnumber", "patientnumber", "chartnumber"),
    GIVEN_NAME("first", "firstname", "given", "givenname", "givennames", "forename", "forenames"),
    FAMILY_NAME("last", "lastname", "family", "familyname", "surname"),
    BIRTH_DATE("birthdate", "dateofbirth", "dob", "birth", "born", "bornon"),
    DEATH_DATE("deathdate", "dateofdeath", "dod", "died", "diedon", "deceased"),
    GENDER("gender", "sex"),
    LANGUAGE("language", "preferredlanguage", "lang"),
    PHONE(
            "phone",
            "phonenumber",
            "telephone",
            "tel",
            "mobile",
            "mobilephone",
            "cell",
            "cellphone",
            "homephone",
            "workphone"),
    EMAIL("email", "emailaddress", "mail"),
    ADDRESS("address", "street", "streetaddress", "addressline1", "address1"),
    CITY("city", "town"),
    REGION("state", "region", "province"),
    POSTCODE("zip", "zipcode", "postcode", "postalcode");

    private final Set<String> headers;

    ImportColumn(String... headers) {
        this.headers = Set.of(headers);
    }

    static Optional<ImportColumn> of(String header) {
        String plain = header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return Arrays.stream(values())
                .filter(column -> column.headers.contains(plain))
                .findFirst();
    }
}
