package io.github.deploymigrations.settings;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The {@code <migrations>} blocks of a {@code beans.xml}.
 *
 * <p>Only elements of {@value #NAMESPACE} are looked at; the rest of the file belongs to CDI. DTDs and external entities
 * are not read.
 */
final class BeansXml {
    static final String NAMESPACE = "urn:mybatis-migrations:1.0";

    private final String file;
    private final Map<String, Block> blocks;
    private final List<Problem> problems;
    private boolean configured;

    private BeansXml(String file, Map<String, Block> blocks, List<Problem> problems) {
        this.file = file;
        this.blocks = blocks;
        this.problems = problems;
    }

    /**
     * Adds all blocks in document order, and to the problems what is wrong with them.
     *
     * @param blocks of the files before
     * @return whether there is a block in this one
     */
    static boolean read(String file, InputStream content, Map<String, Block> blocks, List<Problem> problems) {
        BeansXml beans = new BeansXml(file, blocks, problems);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            PushbackInputStream bytes = new PushbackInputStream(content);
            if (isEmpty(bytes)) {
                return false;
            }
            XMLStreamReader reader = factory.createXMLStreamReader(bytes);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT && isBlock(reader)) {
                    beans.block(reader);
                }
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            problems.add(new Problem(new Origin(file, line).toString(), Message.XML_MALFORMED.with(oneLine(e))));
        } catch (IOException e) {
            problems.add(new Problem(file, Message.FILE_UNREADABLE.with(e)));
        }
        return beans.configured;
    }

    /** No XML, and what CDI takes all the same for a bean archive with defaults (CDI 4.0, "Bean archives"). */
    private static boolean isEmpty(PushbackInputStream content) throws IOException {
        int first = content.read();
        if (first >= 0) {
            content.unread(first);
        }
        return first < 0;
    }

    /** Without names that are not ours: they may be the rest of a password that has a quote or an ampersand in it. */
    private static String oneLine(XMLStreamException e) {
        String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replaceFirst(".*Message: ", "");
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(line)
                .replaceAll(
                        quoted -> quoted.group(1).matches("(?:</)?(?:beans|migrations|property|name|value)?/?>?|]]>")
                                ? "$0"
                                : "\"…\"");
    }

    private static boolean isBlock(XMLStreamReader reader) {
        return reader.getLocalName().equals("migrations") || NAMESPACE.equals(reader.getNamespaceURI());
    }

    private void block(XMLStreamReader reader) throws XMLStreamException {
        Origin origin = here(reader);
        if (!NAMESPACE.equals(reader.getNamespaceURI())
                || !reader.getLocalName().equals("migrations")) {
            problem(origin, Message.XML_ELEMENT_UNKNOWN.with(element(reader), NAMESPACE));
            return;
        }
        String name = Block.DEFAULT_NAME;
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            if (isPlain(reader, index, "name")) {
                name = reader.getAttributeValue(index);
            } else if (!isForeign(reader, index)) {
                problem(origin, Message.XML_ATTRIBUTE_UNKNOWN.with(reader.getAttributeLocalName(index), "name"));
            }
        }
        if (!Block.isName(name)) {
            problem(
                    origin,
                    Message.BLOCK_NAME_INVALID.with(
                            name,
                            String.join(", ", Block.RESERVED.stream().sorted().toList())));
        }
        configured = true;
        Block block = new Block(name);
        if (blocks.putIfAbsent(name, block) != null) {
            problem(origin, Message.BLOCK_TWICE.with(name));
        }
        properties(reader, block);
    }

    /** Reads up to the end of the block. */
    private void properties(XMLStreamReader reader, Block block) throws XMLStreamException {
        int depth = 0;
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    property(reader, depth++, block);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth-- == 0) {
                        return;
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!reader.isWhiteSpace()) {
                        // not quoted: it may be a password that should have been a value
                        problem(here(reader), Message.XML_TEXT.with());
                    }
                }
                default -> {
                    // comments and processing instructions say nothing to us
                }
            }
        }
    }

    /** @param depth of the elements of the block around it */
    private void property(XMLStreamReader reader, int depth, Block block) {
        Origin origin = here(reader);
        if (depth > 0
                || !NAMESPACE.equals(reader.getNamespaceURI())
                || !reader.getLocalName().equals("property")) {
            problem(origin, Message.XML_ELEMENT_UNKNOWN.with(element(reader), NAMESPACE));
            return;
        }
        String name = null;
        String value = null;
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            if (isPlain(reader, index, "name")) {
                name = reader.getAttributeValue(index);
            } else if (isPlain(reader, index, "value")) {
                value = reader.getAttributeValue(index);
            } else if (!isForeign(reader, index)) {
                problem(origin, Message.XML_ATTRIBUTE_UNKNOWN.with(reader.getAttributeLocalName(index), "name, value"));
            }
        }
        if (name == null || value == null) {
            problem(origin, Message.XML_ATTRIBUTE_MISSING.with(name == null ? "name" : "value"));
            return;
        }
        block.add(new Setting(name, value, origin), problems);
    }

    private static boolean isPlain(XMLStreamReader reader, int index, String name) {
        return !isForeign(reader, index) && reader.getAttributeLocalName(index).equals(name);
    }

    private static boolean isForeign(XMLStreamReader reader, int index) {
        String namespace = reader.getAttributeNamespace(index);
        return namespace != null && !namespace.isEmpty();
    }

    private static String element(XMLStreamReader reader) {
        String namespace = reader.getNamespaceURI();
        return "<" + reader.getLocalName() + (namespace == null ? "" : " xmlns=\"" + namespace + "\"") + ">";
    }

    private void problem(Origin origin, Explanation explanation) {
        problems.add(new Problem(origin.toString(), explanation));
    }

    private Origin here(XMLStreamReader reader) {
        return new Origin(file, reader.getLocation().getLineNumber());
    }
}
