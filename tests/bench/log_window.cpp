// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with the logs of a Deployment's pods open and followed; says every half second what stands in its
// head ("12,000 lines, 200 of 200 sources open"). Measured from outside by bench_follow.
//
//     log_window KUBECONFIG CONTEXT NAMESPACE DEPLOYMENT
#include "app/quarterdeck/application.h"
#include "app/quarterdeck/options.h"
#include "core/fleet/fleet.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <memory>

int main(int argc, char** argv) {
    if (argc != 5)
        return 2;
    const QTemporaryDir home;
    qputenv("QUARTERDECK_HOME", home.path().toLocal8Bit());
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    app::Options options;
    options.kubeconfig = QString::fromLocal8Bit(argv[1]);
    options.contexts = {QString::fromLocal8Bit(argv[2])};
    options.page = QStringLiteral("fleet");
    options.language = QStringLiteral("en");
    options.size = QSize(1280, 800);
    app::Application program(std::move(options));
    program.start();

    bool isOpen = false;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        if (!program.window())
            return;
        const fleet::ClusterId cluster = program.fleet()->byContext(argv[2]);
        if (!isOpen && program.fleet()->kinds(cluster)) {
            isOpen = true;
            ui::LogsSubject subject;
            subject.subjects.push_back({cluster, argv[3], "deployments.apps", argv[4]});
            subject.title = QString::fromLocal8Bit(argv[4]);
            ui::PageTarget target;
            target.page = QStringLiteral("logs");
            target.logs = std::make_shared<const ui::LogsSubject>(std::move(subject));
            program.window()->open(target);
        }
        if (isOpen) {
            std::printf("%s\n", qPrintable(program.window()->currentPage()->subtitle()));
            std::fflush(stdout);
        }
    });
    timer.start(500);
    const int code = QApplication::exec();
    program.shutdown();
    return code;
}
