package io.github.deploymigrations.servlet;

import java.time.Duration;
import java.util.function.Consumer;

/** What every page has around its content. */
final class Frame {
    /** A page that stays as it is until its reader asks for another. */
    static final Duration STILL = Duration.ZERO;

    private final Site site;

    Frame(Site site) {
        this.site = site;
    }

    /**
     * A page.
     *
     * @param title for the browser's tab: what matters most comes first, as tabs are narrow
     * @param refresh how long it is good for; its script replaces what changed, and where no scripts run, the browser
     *     loads it again
     * @param main writes the content
     * @param footer writes what stands below it
     */
    String page(String title, Duration refresh, Consumer<Html> main, Consumer<Html> footer) {
        Html html = new Html();
        html.open("html", "lang", "en");
        head(html, title, refresh);
        html.open("body");
        html.open("header", "class", "masthead");
        html.tag("img", "src", StaticFile.MARK.address(site), "alt", "", "width", "28", "height", "28");
        html.open("p").element("a", "Migrations", "href", site.address("")).text(" of ");
        html.element("bdi", site.application(), "class", "application").close().close();
        if (refresh.isZero()) {
            html.open("main");
        } else {
            html.open("main", "data-refresh", String.valueOf(refresh.toMillis()));
        }
        main.accept(html);
        html.close();
        html.open("footer");
        footer.accept(html);
        html.close().close().close();
        return html.toString();
    }

    private void head(Html html, String title, Duration refresh) {
        html.open("head");
        html.tag("meta", "charset", "utf-8");
        html.element("title", title);
        html.tag("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.tag("meta", "name", "color-scheme", "content", "light dark");
        html.tag("meta", "name", "robots", "content", "noindex");
        html.tag("link", "rel", "icon", "href", StaticFile.MARK.address(site), "type", "image/svg+xml");
        html.tag("link", "rel", "stylesheet", "href", StaticFile.STYLE.address(site));
        html.element("script", "", "src", StaticFile.SCRIPT.address(site), "defer", "");
        if (!refresh.isZero()) {
            // a whole page at once is for the eye more of a change than a part of it is, so less often
            String seconds = String.valueOf(2 * refresh.toSeconds() + 1);
            html.open("noscript")
                    .tag("meta", "http-equiv", "refresh", "content", seconds)
                    .close();
        }
        html.close();
    }
}
