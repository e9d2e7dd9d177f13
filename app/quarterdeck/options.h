// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace app {

/// What the command line asks for.
struct Options {
    bool demo = false;
    QString kubeconfig;
    QStringList contexts;
    QString page;
    QString kind;
    std::optional<QStringList> namespaces;
    QString filter;
    QString theme;    ///< "", "light", "dark"
    QString language; ///< "", "en", "zh"
    QSize size;
    QString screenshot;
    bool timings = false;

    /// What is wrong with the arguments or, for --help and --version, what to print.
    struct Stop {
        QString text;
        int exitCode = 2;
    };
    /// `arguments` with the program's name first. Needs no application object.
    static std::optional<Stop> read(const QStringList& arguments, Options& options);
};

} // namespace app
