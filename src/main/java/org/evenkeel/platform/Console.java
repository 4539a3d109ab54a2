package org.evenkeel.platform;

/** For whoever started the server and looks at its console: the few lines that are not meant for a log alone. */
public final class Console {

    private Console() {}

    /** Prints a line, such as where the application answers. Never data of patients. */
    @SuppressWarnings("SystemOut")
    public static void say(String line) {
        System.out.println(line);
    }
}
