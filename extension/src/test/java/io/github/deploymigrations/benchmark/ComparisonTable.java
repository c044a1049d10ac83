package io.github.deploymigrations.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The comparison as Markdown: a line for each database and number of scripts, and how each tool stands to a yardstick. */
record ComparisonTable(Comparison comparison, Comparison.Work work) {

    List<String> lines() {
        List<Tool> tools = Arrays.stream(Tool.values())
                .filter(tool -> tool.takesPart(work))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                "| Database | Scripts | " + tools.stream().map(Tool::title).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---|---:|" + "---:|".repeat(tools.size()));
        for (Place place : comparison.sizes().places()) {
            for (int scripts : comparison.sizes().scripts()) {
                String cells =
                        tools.stream().map(tool -> cell(place, scripts, tool)).collect(Collectors.joining(" | "));
                lines.add("| " + place.title() + " | " + String.format(Locale.ROOT, "%,d", scripts) + " | " + cells
                        + " |");
            }
        }
        return lines;
    }

    private String cell(Place place, int scripts, Tool tool) {
        Optional<Spread> spread = comparison.spread(work, place, scripts, tool);
        Optional<Spread> one = comparison.spread(work, place, scripts, work.yardstick());
        if (spread.isEmpty() || one.isEmpty()) {
            return "not run";
        }
        double ratio = spread.get().median() / one.get().median();
        return String.format(Locale.ROOT, "**%.2f** · ", ratio) + spread.get().millis();
    }
}
