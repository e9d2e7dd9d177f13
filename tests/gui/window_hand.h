// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck/application.h"
#include "ui/change/change_runs.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page.h"

#include <QApplication>
#include <QLabel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

/// The whole program in a home of its own, and hands on its keyboard.
struct WindowHand {
    static constexpr int kSettlesMs = 60'000;

    QTemporaryDir home;
    std::unique_ptr<app::Application> program;

    /// False: its window did not come up.
    [[nodiscard]] bool start(app::Options options) {
        qputenv("QUARTERDECK_HOME", home.path().toLocal8Bit());
        program = std::make_unique<app::Application>(std::move(options));
        program->start();
        // The demo federation needs a moment first.
        if (!QTest::qWaitFor([this] { return window() != nullptr; }, 30'000))
            return false;
        return wake();
    }
    /// What a window manager does when a dialog closes.
    [[nodiscard]] bool wake() const {
        window()->activateWindow();
        // Not qWaitForWindowActive: a window counts as active there while a popup of its is.
        const auto isActive = [this] {
            return QGuiApplication::focusWindow() == window()->windowHandle() &&
                   QApplication::activeWindow() == window();
        };
        if (!QTest::qWaitFor(isActive))
            return false;
        if (!QApplication::focusWidget() && window()->currentPage())
            window()->currentPage()->focusMain();
        return true;
    }

    [[nodiscard]] ui::MainWindow* window() const { return program->window(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : window(), key, modifiers);
    }
    void type(const char* text) const { QTest::keyClicks(QApplication::focusWidget(), QString::fromLatin1(text)); }
    [[nodiscard]] QString label(const char* name) const {
        // Pages of one kind have labels of one name; one page is in front.
        for (const auto* found : window()->findChildren<QLabel*>(QString::fromLatin1(name))) {
            if (found->isVisible())
                return found->text();
        }
        return {};
    }
    /// The widget of that name that is seen; null if there is none.
    template <typename W>
    [[nodiscard]] W* visible(const char* name) const {
        for (W* widget : window()->findChildren<W*>(QString::fromLatin1(name))) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    /// Waits until the page in front has what it asked for; false: in vain.
    [[nodiscard]] bool settles() const {
        return QTest::qWaitFor([this] { return window()->isSettled(); }, kSettlesMs);
    }
    /// Waits until the change that was begun last has all its results; false: in vain.
    [[nodiscard]] bool isOver() const {
        return QTest::qWaitFor(
            [this] {
                const auto& runs = program->changes()->all();
                return window()->isSettled() && !runs.empty() && runs.back()->state() == ui::ChangeRun::State::Over;
            },
            kSettlesMs);
    }
    [[nodiscard]] QString title() const { return label("pageTitle"); }

    /// The table of objects in front.
    [[nodiscard]] QTableView* table() const {
        for (auto* found : window()->findChildren<QTableView*>(QStringLiteral("objectTable"))) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] int rows() const { return table() ? table()->model()->rowCount() : -1; }
    [[nodiscard]] QString cell(int row, const char* column) const {
        const QTableView* shown = table();
        for (int i = 0; shown && row < shown->model()->rowCount() && i < shown->model()->columnCount(); ++i) {
            if (shown->model()->headerData(i, Qt::Horizontal).toString() == QLatin1String(column))
                return shown->model()->index(row, i).data().toString();
        }
        return {};
    }
};
