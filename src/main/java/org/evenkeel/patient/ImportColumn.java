package org.evenkeel.patient;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a column of a file means, told by its English or Spanish header in any case and with any punctuation; Synthea's names among them. */
public enum ImportColumn {
    EXTERNAL_ID("id", "externalid", "patientid", "uuid", "patient"),
    RECORD_NUMBER(
            "recordnumber",
            "recordno",
            "record",
            "mrn",
            "medicalrecordnumber",
            "patientnumber",
            "chartnumber",
            "expediente",
            "numerodeexpediente",
            "noexpediente"),
    GIVEN_NAME(
            "first",
            "firstname",
            "given",
            "givenname",
            "givennames",
            "forename",
            "forenames",
            "nombre",
            "nombres",
            "primernombre"),
    FAMILY_NAME("last", "lastname", "family", "familyname", "surname", "apellido", "apellidos"),
    BIRTH_DATE(
            "birthdate",
            "dateofbirth",
            "dob",
            "birth",
            "born",
            "bornon",
            "nacimiento",
            "fechadenacimiento",
            "fechanacimiento"),
    DEATH_DATE(
            "deathdate",
            "dateofdeath",
            "dod",
            "died",
            "diedon",
            "deceased",
            "defuncion",
            "fechadedefuncion",
            "fechadefuncion"),
    GENDER("gender", "sex", "genero", "sexo"),
    LANGUAGE("language", "preferredlanguage", "lang", "idioma", "idiomapreferido"),
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
            "workphone",
            "telefono",
            "movil",
            "celular"),
    EMAIL("email", "emailaddress", "mail", "correo", "correoelectronico"),
    ADDRESS("address", "street", "streetaddress", "addressline1", "address1", "direccion", "domicilio", "calle"),
    CITY("city", "town", "ciudad", "localidad"),
    REGION("state", "region", "province", "estado", "provincia"),
    POSTCODE("zip", "zipcode", "postcode", "postalcode", "codigopostal", "cp");

    private final Set<String> headers;

    ImportColumn(String... headers) {
        this.headers = Set.of(headers);
    }

    static Optional<ImportColumn> of(String header) {
        String plain = Normalizer.normalize(header.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("[^a-z0-9]", "");
        return Arrays.stream(values())
                .filter(column -> column.headers.contains(plain))
                .findFirst();
    }
}
