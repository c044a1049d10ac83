package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Explanation;
import java.util.List;

/** Tells a person why a request is not answered by what it asks for. */
final class RefusalPage {
    private final Site site;

    RefusalPage(Site site) {
        this.site = site;
    }

    String write(Explanation why) {
        List<String> lines = why.what().lines().toList();
        return new Frame(site)
                .page(
                        lines.get(0) + " – Migrations",
                        Frame.STILL,
                        html -> {
                            html.open("section", "class", "refusal");
                            html.element("p", why.code(), "class", "code");
                            html.element("h1", lines.get(0));
                            lines.stream().skip(1).forEach(reason -> html.element("p", reason));
                            html.element("p", why.action());
                            html.close();
                        },
                        html -> {});
    }
}
