// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/options.h"

#include <QCommandLineParser>

namespace app {

namespace {

QCommandLineOption valued(const char* name, const char* description, const char* value) {
    return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(description), QString::fromLatin1(value));
}

QStringList commaList(const QString& text) {
    QStringList parts;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        parts.append(part.trimmed());
    return parts;
}

std::optional<QSize> readSize(const QString& text) {
    const QStringList sides = text.split(QLatin1Char('x'));
    bool widthFits = false;
    bool heightFits = false;
    const int width = sides.value(0).toInt(&widthFits);
    const int height = sides.value(1).toInt(&heightFits);
    if (sides.size() != 2 || !widthFits || !heightFits || width < 320 || height < 240 || width > 16384 ||
        height > 16384)
        return std::nullopt;
    return QSize(width, height);
}

} // namespace

std::optional<Options::Stop> Options::read(const QStringList& arguments, Options& options) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Native workspace for fleets of Kubernetes clusters."));
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    const QCommandLineOption demo(QStringLiteral("demo"), QStringLiteral("Start and show three simulated clusters."));
    const auto kubeconfig = valued("kubeconfig", "Read this kubeconfig instead of those kubectl would.", "FILE");
    const auto context = valued("context", "Connect these contexts and look at them.", "A,B");
    const auto page = valued("page", "Open this page: fleet, browser, access.", "NAME");
    const auto kind = valued("kind", "Open the Browser on this kind: pods, deploy, certificates.", "KIND");
    const auto ns = valued("namespace", "Look at these namespaces only.", "A,B");
    const auto filter = valued("filter", "Filter the page.", "TEXT");
    const auto theme = valued("theme", "light or dark instead of what the settings say.", "THEME");
    const auto language = valued("language", "en or zh instead of what the settings say.", "LANGUAGE");
    const auto size = valued("size", "Size of the window in pixels.", "WxH");
    const auto screenshot = valued("screenshot", "Write a picture of the window when it has settled, and end.", "FILE");
    const QCommandLineOption timings(
        QStringLiteral("timings"),
        QStringLiteral("Say on stderr when the window was painted and its page complete, and what took long."));
    parser.addOptions({demo, kubeconfig, context, page, kind, ns, filter, theme, language, size, screenshot, timings});
    if (!parser.parse(arguments))
        return Stop{parser.errorText(), 2};
    if (parser.isSet(help))
        return Stop{parser.helpText(), 0};
    if (parser.isSet(version))
        return Stop{QStringLiteral("quarterdeck %1").arg(QStringLiteral(QUARTERDECK_VERSION)), 0};
    if (!parser.positionalArguments().isEmpty())
        return Stop{QStringLiteral("Unexpected argument: %1").arg(parser.positionalArguments().first()), 2};
    options.demo = parser.isSet(demo);
    options.kubeconfig = parser.value(kubeconfig);
    options.contexts = commaList(parser.value(context));
    options.page = parser.value(page);
    options.kind = parser.value(kind);
    if (parser.isSet(ns))
        options.namespaces = commaList(parser.value(ns));
    options.filter = parser.value(filter);
    options.theme = parser.value(theme);
    options.language = parser.value(language);
    options.screenshot = parser.value(screenshot);
    options.timings = parser.isSet(timings);
    if (options.demo && !options.kubeconfig.isEmpty())
        return Stop{QStringLiteral("--demo brings its own kubeconfig: leave --kubeconfig out."), 2};
    if (!options.theme.isEmpty() && options.theme != QLatin1String("light") && options.theme != QLatin1String("dark"))
        return Stop{QStringLiteral("--theme is light or dark."), 2};
    if (!options.language.isEmpty() && options.language != QLatin1String("en") &&
        options.language != QLatin1String("zh"))
        return Stop{QStringLiteral("--language is en or zh."), 2};
    if (parser.isSet(size)) {
        const auto read = readSize(parser.value(size));
        if (!read)
            return Stop{QStringLiteral("--size is like 1280x800."), 2};
        options.size = *read;
    }
    if (options.page.isEmpty() && !options.kind.isEmpty())
        options.page = QStringLiteral("browser");
    return std::nullopt;
}

} // namespace app
