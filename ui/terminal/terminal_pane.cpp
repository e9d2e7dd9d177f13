// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_pane.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "ui/base/elided_label.h"
#include "ui/base/error_text.h"
#include "ui/base/theme.h"
#include "ui/browser/workload_acts.h"
#include "ui/shell/ask_before_loss.h"
#include "ui/shell/page.h"
#include "ui/terminal/terminal_find_bar.h"
#include "ui/terminal/terminal_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {

TerminalPane::TerminalPane(const PageContext& context, const TerminalSubject& subject, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_session(new TerminalSession(context.fleet, context.door, subject, this))
    , m_view(new TerminalView(this))
    , m_find(new TerminalFindBar(*m_view, this)) {
    setObjectName(QStringLiteral("terminalPane"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Measure::band, 2, 2, 2);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_find);
    layout->addWidget(makeFoot());
    wire();
    readCluster();
    showState();
}

QWidget* TerminalPane::makeHead() {
    auto* head = new QWidget(this);
    m_name = new QLabel(head);
    m_name->setObjectName(QStringLiteral("terminalName"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setFont(strongFont());
    m_protected = new QLabel(head);
    m_protected->setObjectName(QStringLiteral("terminalProtected"));
    m_protected->setProperty("ink", QStringLiteral("attention"));
    m_protected->setFont(strongFont());
    m_title = new ElidedLabel(head);
    m_title->setObjectName(QStringLiteral("terminalTitle"));
    m_title->setProperty("ink", QStringLiteral("muted"));
    m_title->setTextFormat(Qt::PlainText); // whatever a program calls itself
    m_containers = new QComboBox(head);
    m_containers->setObjectName(QStringLiteral("terminalContainers"));
    m_containers->setAccessibleName(tr("Container"));
    m_containers->setToolTip(tr("The container; another one begins a new session"));
    m_containers->setFocusPolicy(Qt::ClickFocus);
    m_containers->hide();
    m_close = new QPushButton(tr("Close"), head);
    m_close->setObjectName(QStringLiteral("terminalClose"));
    m_close->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_protected);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_containers);
    layout->addWidget(m_close);
    return head;
}

QWidget* TerminalPane::makeFoot() {
    m_foot = new QWidget(this);
    m_end = new ElidedLabel(m_foot);
    m_end->setObjectName(QStringLiteral("terminalEnd"));
    m_end->setTextFormat(Qt::PlainText);
    m_again = new QPushButton(m_foot);
    m_again->setObjectName(QStringLiteral("terminalAgain"));
    m_again->setToolTip(tr("Or press Enter in the terminal"));
    m_debug = new QPushButton(tr("Debug container…"), m_foot);
    m_debug->setObjectName(QStringLiteral("terminalDebug"));
    m_debug->setToolTip(tr("Puts a container with tools into the pod, and joins it"));
    auto* layout = new QHBoxLayout(m_foot);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(12);
    layout->addWidget(m_end, 1);
    layout->addWidget(m_debug, 0, Qt::AlignVCenter);
    layout->addWidget(m_again, 0, Qt::AlignVCenter);
    m_foot->hide();
    return m_foot;
}

void TerminalPane::wire() {
    setFocusProxy(m_view);
    connect(m_session, &TerminalSession::output, this, [this](const std::string& bytes) { m_view->take(bytes); });
    connect(m_session, &TerminalSession::stateChanged, this, &TerminalPane::showState);
    connect(m_view, &TerminalView::input, m_session, &TerminalSession::write);
    connect(m_view, &TerminalView::resized, m_session, &TerminalSession::resize);
    connect(m_view, &TerminalView::focused, this, &TerminalPane::focused);
    connect(m_view, &TerminalView::restartAsked, this, &TerminalPane::restart);
    connect(m_view, &TerminalView::titleChanged, this,
            [this] { m_title->setText(QString::fromStdString(m_view->screen().title())); });
    connect(m_again, &QPushButton::clicked, this, [this] {
        restart();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_debug, &QPushButton::clicked, this, &TerminalPane::askDebug);
    connect(m_close, &QPushButton::clicked, this, &TerminalPane::closeAsked);
    connect(m_containers, &QComboBox::activated, this, &TerminalPane::chooseContainer);
    m_noticed = m_context.fleet.onNotice([this](const fleet::FleetNotice&) { readCluster(); });
}

void TerminalPane::readCluster() {
    const fleet::ClusterInfo& cluster = m_context.fleet.cluster(subject().cluster);
    m_name->setText(tr("%1 · %2", "a cluster, a pod in it").arg(QString::fromStdString(cluster.name), name()));
    m_protected->setVisible(cluster.isProtected || cluster.isReadOnly);
    m_protected->setText(cluster.isReadOnly ? tr("read-only cluster") : tr("protected cluster"));
    if (cluster.isReadOnly)
        m_session->forbid();
    if (m_hue != cluster.hue) {
        m_hue = cluster.hue;
        update();
        emit stateChanged();
    }
}

void TerminalPane::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Tokens& t = tokens();
    const QColor hue = t.hues[static_cast<std::size_t>(m_hue) % t.hues.size()];
    painter.fillRect(rect(), hue);
    painter.fillRect(rect().adjusted(Measure::band, 2, -2, -2), t.panel);
    painter.fillRect(QRect(Measure::band, m_view->geometry().top() - 1, width() - Measure::band - 2, 1), t.line);
}

QString TerminalPane::name() const {
    return QString::fromStdString(subject().ns + "/" + subject().pod);
}

bool TerminalPane::isSettled() const {
    return isRunning() || m_session->state() == TerminalSession::State::Ended;
}

QString TerminalPane::stateText() const {
    switch (m_session->state()) {
    case TerminalSession::State::Idle:
    case TerminalSession::State::Looking:
    case TerminalSession::State::Connecting:
        return tr("connecting");
    case TerminalSession::State::Running:
        return subject().kind == TerminalSubject::Kind::Attach ? tr("attached") : tr("running");
    case TerminalSession::State::Ended:
        return m_session->wasCut() ? tr("connection lost") : tr("ended");
    }
    return {};
}

void TerminalPane::start() {
    m_session->resize(m_view->screen().rows(), m_view->screen().columns());
    m_session->start();
}

void TerminalPane::restart() {
    if (m_session->state() == TerminalSession::State::Ended)
        start();
}

void TerminalPane::openFind() {
    m_find->open();
}

void TerminalPane::setCloseable(bool isCloseable) {
    m_close->setVisible(isCloseable);
}

void TerminalPane::showState() {
    m_view->setLive(isRunning());
    m_debug->setVisible(m_session->foundNoShell());
    showContainers();
    readCluster();
    if (m_session->state() == TerminalSession::State::Ended && m_session->end()) {
        m_view->endProgram();
        const auto& end = *m_session->end();
        QString ink = QStringLiteral("muted");
        if (end) {
            m_end->setText(m_session->foundNoShell() ? tr("The container has no shell.")
                           : subject().kind == TerminalSubject::Kind::Attach
                               ? tr("The container has ended the session.")
                               : tr("The shell ended with exit code %1.").arg(end->exitCode));
            m_again->setText(tr("Start again"));
        } else {
            ink = QStringLiteral("broken");
            m_end->setText(
                m_session->wasCut() ? tr("The connection was lost (%1). What ran may still be running.", "%1 is why")
                                          .arg(errorSentence(end.error()))
                : m_session->foundNoShell() ? tr("The container has no shell.")
                                            : tr("No session: %1.", "%1 is why").arg(errorSentence(end.error())));
            m_again->setText(m_session->wasCut() ? tr("Reconnect") : tr("Try again"));
        }
        m_end->setToolTip(end ? QString() : QString::fromStdString(end.error().message));
        m_end->setProperty("ink", ink);
        m_end->setStyleSheet(m_end->styleSheet()); // reads the property anew
    }
    m_foot->setVisible(m_session->state() == TerminalSession::State::Ended);
    emit stateChanged();
}

void TerminalPane::showContainers() {
    const QSignalBlocker quiet(m_containers);
    m_containers->clear();
    for (const std::string& container : m_session->shells().containers)
        m_containers->addItem(QString::fromStdString(container));
    m_containers->setCurrentText(QString::fromStdString(subject().container));
    m_containers->setVisible(m_containers->count() > 0);
    m_containers->setEnabled(m_containers->count() > 1);
}

void TerminalPane::openContainers() {
    if (m_containers->isVisible() && m_containers->isEnabled())
        m_containers->showPopup();
}

void TerminalPane::askDebug() {
    const kube::KindCatalogPtr kinds = m_context.fleet.kinds(subject().cluster);
    const kube::Kind* pods = kinds ? kinds->findResource("pods") : nullptr;
    if (pods == nullptr)
        return;
    if (m_acts == nullptr)
        m_acts = new WorkloadActs(m_context, this, this);
    m_acts->askDebug({subject().cluster, *pods, subject().ns, subject().pod});
}

void TerminalPane::chooseContainer(int index) {
    const std::string chosen = m_containers->itemText(index).toStdString();
    if (chosen == subject().container)
        return;
    const auto go = [this, chosen] {
        m_session->stop();
        m_session->setContainer(chosen);
        start();
        m_view->setFocus(Qt::OtherFocusReason);
    };
    if (!isRunning())
        return go();
    m_containers->setCurrentText(QString::fromStdString(subject().container)); // until that is decided
    askBeforeLoss(this,
                  tr("The session in container %1 is running, and would be cut.").arg(m_containers->currentText()),
                  tr("Change container"), go);
}

} // namespace ui
