package io.github.deploymigrations.servlet;

import java.util.function.Consumer;

/** What every page has around its content. */
final class Frame {
    private final Site site;

    Frame(Site site) {
        this.site = site;
    }

    /**
     * A page.
     *
     * @param title for the browser's tab: what matters most comes first, as tabs are narrow
     * @param main writes the content
     * @param footer writes what stands below it
     */
    String page(String title, Consumer<Html> main, Consumer<Html> footer) {
        Html html = new Html();
        html.open("html", "lang", "en");
        head(html, title);
        html.open("body");
        html.open("header", "class", "masthead");
        html.tag("img", "src", StaticFile.MARK.address(site), "alt", "", "width", "28", "height", "28");
        html.open("p").element("a", "Migrations", "href", site.address("")).text(" of ");
        html.element("bdi", site.application(), "class", "application").close().close();
        html.open("main");
        main.accept(html);
        html.close();
        html.open("footer");
        footer.accept(html);
        html.close().close().close();
        return html.toString();
    }

    private void head(Html html, String title) {
        html.open("head");
        html.tag("meta", "charset", "utf-8");
        html.element("title", title);
        html.tag("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.tag("meta", "name", "color-scheme", "content", "light dark");
        html.tag("meta", "name", "robots", "content", "noindex");
        html.tag("link", "rel", "icon", "href", StaticFile.MARK.address(site), "type", "image/svg+xml");
        html.tag("link", "rel", "stylesheet", "href", StaticFile.STYLE.address(site));
        html.close();
    }
}
