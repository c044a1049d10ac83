package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Explanation;

/** Tells a person why a request is not answered by what it asks for. */
final class RefusalPage {
    private final Site site;

    RefusalPage(Site site) {
        this.site = site;
    }

    String write(Explanation why) {
        return new Frame(site)
                .page(
                        why.what() + " – Migrations",
                        Frame.STILL,
                        html -> {
                            html.open("section", "class", "refusal");
                            html.element("p", why.code(), "class", "code");
                            html.element("h1", why.what());
                            html.element("p", why.action());
                            html.close();
                        },
                        html -> {});
    }
}
