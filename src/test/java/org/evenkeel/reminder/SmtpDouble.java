package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that can be made to fail at any step, and keeps a ledger of what it was asked and what it took. */
final class SmtpDouble implements AutoCloseable {

    /** What it says to nothing, and to hang up without a word. */
    static final String SILENCE = "";

    static final String HANG_UP = "hang up";

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> taken = new CopyOnWriteArrayList<>();
    volatile String greeting = "220 ready";
    volatile String toSender = "250 ok";
    volatile String toRecipient = "250 ok";
    volatile String toText = "354 go on";
    volatile String toEnd = "250 ok";

    /** What happens before it answers to a recipient. */
    volatile Runnable beforeRecipient = () -> {};

    /** What happens before it asks for the text. */
    volatile Runnable beforeText = () -> {};

    /** What happens when it has the text, before it says so. */
    volatile Runnable beforeEnd = () -> {};

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    SmtpDouble() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "smtp double");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread thread = new Thread(() -> talk(socket), "smtp double talks");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            OutputStream out = socket.getOutputStream();
            boolean on = say(out, greeting);
            for (String line = in.readLine(); on && line != null; line = in.readLine()) {
                asked.add(line.split("[ :]", 2)[0]);
                on = answer(line, in, out);
            }
        } catch (IOException e) {
            asked.add("broke off");
        }
    }

    private boolean answer(String line, BufferedReader in, OutputStream out) throws IOException {
        switch (line.split("[ :]", 2)[0]) {
            case "EHLO" -> {
                return say(out, "250 hello");
            }
            case "MAIL" -> {
                return say(out, toSender);
            }
            case "RCPT" -> {
                beforeRecipient.run();
                return say(out, toRecipient);
            }
            case "DATA" -> {
                beforeText.run();
                if (!say(out, toText) || !toText.startsWith("354")) {
                    return !toText.equals(HANG_UP);
                }
                StringBuilder text = new StringBuilder();
                String more = in.readLine();
                for (; more != null && !more.equals("."); more = in.readLine()) {
                    text.append(more).append('\n');
                }
                if (more == null && text.isEmpty()) {
                    return false;
                }
                taken.add(text.toString());
                beforeEnd.run();
                return say(out, toEnd);
            }
            case "QUIT" -> {
                say(out, "221 bye");
                return false;
            }
            default -> {
                return say(out, "250 ok");
            }
        }
    }

    private static boolean say(OutputStream out, String answer) throws IOException {
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (!answer.equals(SILENCE)) {
            out.write((answer + "\r\n").getBytes(UTF_8));
            out.flush();
        }
        return true;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
