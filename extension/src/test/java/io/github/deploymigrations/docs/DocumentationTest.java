package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.Key;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

class DocumentationTest {

    @Test
    void every_key_is_in_the_table_with_its_default_and_meaning() {
        List<String> lines = new ArrayList<>(List.of("| Key | Default | Meaning |", "|---|---|---|"));
        for (Key key : Key.values()) {
            String defaultText = key.defaultText().isEmpty() ? "none" : code(key.defaultText());
            lines.add("| `" + key.text() + "` | " + defaultText + " | " + key.meaning() + " |");
        }
        Page.of("configuration.md").assertHolds(lines);
    }

    private static String code(String text) {
        return Arrays.stream(text.split(", in development ", -1))
                .map(part -> "`" + part + "`")
                .reduce((first, second) -> first + ", in development " + second)
                .orElseThrow();
    }

    @Test
    void every_message_is_in_the_table_with_its_id() {
        List<String> lines =
                new ArrayList<>(List.of("| Id | Level | What happened | What to do |", "|---|---|---|---|"));
        for (Message message : Message.values()) {
            lines.add("| " + message.code() + " | " + message.level() + " | " + readable(message.what()) + " | "
                    + readable(message.action()) + " |");
        }
        Page.of("messages.md").assertHolds(lines);
    }

    /** The places of arguments as dots; no HTML, no column of the table. */
    private static String readable(String format) {
        return format.replaceAll("%(\\d\\$)?s", "…").replace("<", "&lt;").replace("|", "\\|");
    }

    @Test
    void every_message_has_its_own_id() {
        assertEquals(
                Message.values().length,
                Arrays.stream(Message.values()).map(Message::code).distinct().count());
    }

    @Test
    void the_listener_in_the_documentation_is_the_one_that_is_tested() throws IOException {
        String tested = Files.readString(
                Path.of("../arquillian-tests/src/test/java/io/github/deploymigrations/it/app/ChatNotifier.java"));
        String shown = tested.substring(tested.indexOf("/** Tells")).strip();
        assertTrue(Files.readString(Path.of("../docs/events.md")).contains(shown));
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void the_schema_of_the_block_accepts_every_key(Key key) throws SAXException, IOException {
        validate("<property name='" + key.text().replace("<name>", "x") + "' value='v'/>");
    }

    @Test
    void the_schema_of_the_block_refuses_what_the_extension_refuses() {
        for (String wrong : List.of(
                "<property name='data-sorce' value='x'/>",
                "<property name='variable.' value='x'/>",
                "<property name='mode'/>",
                "<property value='x'/>",
                "<property name='mode' value='off'/><property name='mode' value='plan'/>",
                "<propery name='mode' value='x'/>",
                "text")) {
            assertThrows(SAXException.class, () -> validate(wrong), wrong);
        }
    }

    private static void validate(String content) throws SAXException, IOException {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Message.class.getResource("/META-INF/mybatis-migrations-1.0.xsd"));
        schema.newValidator()
                .validate(new StreamSource(new StringReader(
                        "<migrations xmlns='urn:mybatis-migrations:1.0' name='a'>" + content + "</migrations>")));
    }
}
