// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/demo_process.h"

#include <QCoreApplication>

#include <utility>

namespace app {

namespace {

constexpr auto kProgram = "quarterdeck-demo";
constexpr int kEndMs = 2000;

} // namespace

DemoProcess::DemoProcess(QString kubeconfig, QObject* parent)
    : QObject(parent)
    , m_kubeconfig(std::move(kubeconfig)) {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoProcess::readOutput);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(QStringLiteral("The demo federation could not be started: %1 is missing beside this program.")
                    .arg(QLatin1String(kProgram)));
    });
    connect(&m_process, &QProcess::finished, this,
            [this](int code) { end(QStringLiteral("The demo federation ended by itself (exit code %1).").arg(code)); });
}

DemoProcess::~DemoProcess() {
    stop();
}

void DemoProcess::start() {
    m_process.start(QCoreApplication::applicationDirPath() + QLatin1Char('/') + QLatin1String(kProgram),
                    {QStringLiteral("--kubeconfig"), m_kubeconfig});
}

void DemoProcess::stop() {
    m_isOver = true;
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(kEndMs)) {
        m_process.kill();
        m_process.waitForFinished(kEndMs);
    }
}

void DemoProcess::readOutput() {
    m_output += m_process.readAllStandardOutput();
    for (qsizetype end = m_output.indexOf('\n'); end >= 0; end = m_output.indexOf('\n')) {
        const bool saysReady = m_output.left(end).trimmed().startsWith("ready");
        m_output.remove(0, end + 1);
        if (saysReady && !std::exchange(m_isReady, true))
            emit ready();
    }
}

void DemoProcess::end(const QString& why) {
    if (!std::exchange(m_isOver, true))
        emit failed(why);
}

} // namespace app
