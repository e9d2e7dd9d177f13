// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_error_text.h"

#include "ui/base/error_text.h"

#include <QCoreApplication>

namespace ui {

class FileErrorText {
    Q_DECLARE_TR_FUNCTIONS(ui::FileErrorText)
};

QString fileErrorSentence(const base::Error& error) {
    const bool isOfServer = !error.resource.empty() || error.httpStatus != 0;
    switch (error.code) {
    case base::ErrorCode::Unsupported:
        if (!isOfServer)
            return FileErrorText::tr("The container has no shell (sh), through which files are reached");
        break;
    // What the container or this machine says, and about which file.
    case base::ErrorCode::Io:
    case base::ErrorCode::BadInput:
    case base::ErrorCode::BadResponse:
    case base::ErrorCode::NotFound:
        if (!error.message.empty())
            return QString::fromStdString(error.message);
        break;
    case base::ErrorCode::Forbidden:
        if (error.resource == "pods/exec")
            return FileErrorText::tr("Not allowed to run commands in the container (create pods/exec)");
        [[fallthrough]];
    case base::ErrorCode::ServerFailure:
        if (!isOfServer && !error.message.empty())
            return QString::fromStdString(error.message);
        break;
    default:
        break;
    }
    return errorSentence(error);
}

QString fileErrorAdvice(const base::Error& error) {
    const bool isOfServer = !error.resource.empty() || error.httpStatus != 0;
    switch (error.code) {
    case base::ErrorCode::Unsupported:
        return isOfServer ? errorAdvice(error)
                          : FileErrorText::tr("Choose another container of the pod: one that has a shell, and in which "
                                              "the same volume is mounted.");
    case base::ErrorCode::Forbidden:
        return isOfServer ? FileErrorText::tr("Files are reached by commands in the container: ask the cluster's "
                                              "administrator for the right to create pods/exec.")
                          : FileErrorText::tr("Choose a folder that the container's user may read.");
    case base::ErrorCode::Unreachable:
    case base::ErrorCode::TimedOut:
    case base::ErrorCode::Refused:
    case base::ErrorCode::ServerFailure:
        return FileErrorText::tr("Try again: what has arrived whole is not sent again.");
    case base::ErrorCode::Io:
    case base::ErrorCode::BadInput:
    case base::ErrorCode::BadResponse:
    case base::ErrorCode::NotFound:
        return {};
    default:
        return errorAdvice(error);
    }
}

} // namespace ui
