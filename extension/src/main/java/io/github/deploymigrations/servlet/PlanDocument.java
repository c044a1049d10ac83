package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.PlannedRun;
import io.github.deploymigrations.PlannedScript;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as the object that becomes JSON. Every field is there, null if unknown. */
final class PlanDocument {
    private PlanDocument() {}

    static Map<String, Object> of(MigrationReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", report.name());
        document.put("status", report.status().name());
        document.put("product", report.product().orElse(null));
        document.put("environment", report.environment());
        document.put("changelog", report.changelog().orElse(null));
        document.put("failure", report.failure().map(StatusDocument::failure).orElse(null));
        document.put(
                "scripts",
                report.plan().map(PlannedRun::scripts).orElse(List.of()).stream()
                        .map(PlanDocument::script)
                        .toList());
        document.put("masked", report.plan().map(PlannedRun::masked).orElse(List.of()));
        document.put("sql", report.plan().map(PlannedRun::sql).orElse(null));
        return document;
    }

    private static Map<String, Object> script(PlannedScript script) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", script.id().toString());
        document.put("description", script.description());
        document.put("script", script.script());
        document.put("undo", script.undo());
        document.put("from", script.from());
        document.put("transaction", script.transaction());
        document.put("statements", script.statements());
        return document;
    }
}
