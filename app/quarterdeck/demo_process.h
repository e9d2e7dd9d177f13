// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>

namespace app {

/// The demo federation, run as a program beside this one: it writes a kubeconfig, says "ready" on a line of its own and
/// ends when its stdin closes, so that it cannot outlive us however we end.
class DemoProcess : public QObject {
    Q_OBJECT
public:
    explicit DemoProcess(QString kubeconfig, QObject* parent = nullptr);
    ~DemoProcess() override;

    void start();
    /// Closes its stdin; it is ended by force only if it does not end by itself within two seconds.
    void stop();

signals:
    void ready();
    /// It could not be started, or ended before it was told to; one English sentence.
    void failed(const QString& why);

private:
    void readOutput();
    void end(const QString& why);

    QString m_kubeconfig;
    QProcess m_process;
    QByteArray m_output;
    bool m_isReady = false;
    bool m_isOver = false;
};

} // namespace app
