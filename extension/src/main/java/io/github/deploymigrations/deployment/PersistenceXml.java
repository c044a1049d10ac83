package io.github.deploymigrations.deployment;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the persistence units of a WAR. What cannot be read is for the server to refuse. */
final class PersistenceXml {
    private final List<PersistenceUnit> units = new ArrayList<>();
    private final String file;

    private PersistenceXml(String file) {
        this.file = file;
    }

    /** All units of the WAR's classes and libraries. */
    static List<PersistenceUnit> of(DeploymentFiles files) {
        List<PersistenceUnit> units = new ArrayList<>();
        try {
            for (URL url : files.find("META-INF/persistence.xml")) {
                try (InputStream content = DeploymentFiles.open(url)) {
                    units.addAll(read(DeploymentFiles.name(url), content));
                }
            }
        } catch (IOException | XMLStreamException e) {
            Log.trace(Message.SCHEMA_OF_TWO_MASTERS, e);
        }
        return units;
    }

    static List<PersistenceUnit> read(String file, InputStream content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        PersistenceXml xml = new PersistenceXml(file);
        XMLStreamReader reader = factory.createXMLStreamReader(content);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("persistence-unit")) {
                xml.unit(reader);
            }
        }
        return xml.units;
    }

    private void unit(XMLStreamReader reader) throws XMLStreamException {
        String where = file + ":" + reader.getLocation().getLineNumber();
        String name = String.valueOf(reader.getAttributeValue(null, "name"));
        Map<String, String> elements = new HashMap<>();
        Map<String, String> properties = new HashMap<>();
        while (!(reader.next() == XMLStreamConstants.END_ELEMENT
                && reader.getLocalName().equals("persistence-unit"))) {
            if (reader.isStartElement()) {
                switch (reader.getLocalName()) {
                    case "provider", "jta-data-source", "non-jta-data-source" ->
                        elements.put(
                                reader.getLocalName(), reader.getElementText().strip());
                    case "property" ->
                        properties.put(
                                String.valueOf(reader.getAttributeValue(null, "name")),
                                String.valueOf(reader.getAttributeValue(null, "value")));
                    default -> {
                        // classes, mappings and the rest say nothing of the schema's master
                    }
                }
            }
        }
        Optional<String> dataSource = Stream.of(
                        properties.get("jakarta.persistence.jtaDataSource"),
                        properties.get("javax.persistence.jtaDataSource"),
                        properties.get("hibernate.connection.datasource"),
                        elements.get("jta-data-source"),
                        properties.get("jakarta.persistence.nonJtaDataSource"),
                        properties.get("javax.persistence.nonJtaDataSource"),
                        elements.get("non-jta-data-source"))
                .filter(found -> found != null && !found.isBlank())
                .findFirst();
        units.add(new PersistenceUnit(where, name, elements.getOrDefault("provider", ""), dataSource, properties));
    }
}
