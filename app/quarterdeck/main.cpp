// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/application.h"
#include "app/quarterdeck/options.h"
#include "app/quarterdeck/timings.h"

#include <cstdio>

namespace {

// QApplication aborts where it finds no display; people deserve a sentence.
bool hasDisplay() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

} // namespace

int main(int argc, char** argv) {
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    app::Options options;
    if (const auto stop = app::Options::read(arguments, options)) {
        std::fprintf(stop->exitCode == 0 ? stdout : stderr, "%s\n", qPrintable(stop->text));
        return stop->exitCode;
    }
    if (!hasDisplay()) {
        if (options.screenshot.isEmpty()) {
            std::fprintf(stderr,
                         "quarterdeck: there is no display here (neither WAYLAND_DISPLAY nor DISPLAY is set). "
                         "For a picture instead: quarterdeck %s--screenshot picture.png\n",
                         options.demo ? "--demo " : "");
            return 1;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    int qtArgc = 1;
    app::GuiApplication application(qtArgc, argv);
    if (options.timings)
        application.tellLongEvents();
    QApplication::setApplicationName(QStringLiteral("quarterdeck"));
    QApplication::setApplicationDisplayName(QStringLiteral("Quarterdeck"));
    QApplication::setApplicationVersion(QStringLiteral(QUARTERDECK_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("quarterdeck"));
    QApplication::setQuitOnLastWindowClosed(false);
    app::Application program(std::move(options));
    QObject::connect(&program, &app::Application::finished, &application, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    QMetaObject::invokeMethod(&program, &app::Application::start, Qt::QueuedConnection);
    const int exitCode = QApplication::exec();
    program.shutdown();
    return exitCode;
}
