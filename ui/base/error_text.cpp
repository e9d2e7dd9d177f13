// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/error_text.h"

#include <QCoreApplication>

namespace ui {

namespace {

QString tr(const char* text, const char* comment = nullptr) {
    return QCoreApplication::translate("ui::ErrorText", text, comment);
}

} // namespace

QString errorSentence(const base::Error& error) {
    const QString message = QString::fromStdString(error.message);
    const QString resource = QString::fromStdString(error.resource);
    const QString verb = QString::fromStdString(error.verb);
    switch (error.code) {
    case base::ErrorCode::BadInput:
        return message.isEmpty() ? tr("Cannot be understood") : message;
    case base::ErrorCode::NotFound:
        return resource.isEmpty() ? tr("Not found") : tr("Not found: %1", "%1 is a resource").arg(resource);
    case base::ErrorCode::NameResolution:
        return tr("Host name not found");
    case base::ErrorCode::Refused:
        return tr("Connection refused");
    case base::ErrorCode::Unreachable:
        return tr("Connection cut or no route");
    case base::ErrorCode::TimedOut:
        return tr("No answer in time");
    case base::ErrorCode::Tls:
        return tr("Certificate of the server not accepted");
    case base::ErrorCode::Expired:
        return tr("Credentials expired");
    case base::ErrorCode::Unauthorized:
        return tr("Credentials missing or refused");
    case base::ErrorCode::Forbidden:
        if (verb.isEmpty() || resource.isEmpty())
            return tr("Not allowed");
        return tr("Not allowed to %1 %2", "%1 is a verb such as list, %2 a resource such as pods").arg(verb, resource);
    case base::ErrorCode::Conflict:
        return tr("Changed by somebody else meanwhile");
    case base::ErrorCode::Gone:
        return tr("The server no longer has that state");
    case base::ErrorCode::Throttled:
        return tr("The server asks to slow down");
    case base::ErrorCode::ServerFailure:
        if (error.httpStatus == 0)
            return tr("The server failed");
        return tr("The server failed (HTTP %1)").arg(error.httpStatus);
    case base::ErrorCode::BadResponse:
        return tr("The answer is not Kubernetes");
    case base::ErrorCode::PluginFailed:
        return tr("Sign-in program failed");
    case base::ErrorCode::Unsupported:
        return resource.isEmpty() ? tr("Not served by this cluster")
                                  : tr("%1 is not served by this cluster", "%1 is a resource").arg(resource);
    case base::ErrorCode::Io:
        return tr("A local file failed");
    case base::ErrorCode::Internal:
        break;
    }
    return tr("Something went wrong inside Quarterdeck");
}

QString errorAdvice(const base::Error& error) {
    switch (error.code) {
    case base::ErrorCode::BadInput:
        return tr("Mend the entry in the kubeconfig; it is read again by itself.");
    case base::ErrorCode::NameResolution:
        return tr("Check the server's name in the kubeconfig and whether the VPN is up.");
    case base::ErrorCode::Refused:
    case base::ErrorCode::Unreachable:
    case base::ErrorCode::TimedOut:
        return tr("Check the network or the VPN; it is tried again by itself.");
    case base::ErrorCode::Tls:
        return tr("Check certificate-authority in the kubeconfig, or whether a proxy stands between.");
    case base::ErrorCode::Expired:
    case base::ErrorCode::Unauthorized:
        return tr("Log in again or renew the credentials; the kubeconfig is read again by itself.");
    case base::ErrorCode::Forbidden:
        return tr("Ask the cluster's administrator for a role with this right, or choose a namespace you may read.");
    case base::ErrorCode::PluginFailed:
        return tr("Run the sign-in program in a terminal to see what it says.");
    case base::ErrorCode::Throttled:
    case base::ErrorCode::ServerFailure:
        return tr("It is tried again by itself.");
    case base::ErrorCode::BadResponse:
        return tr("Check the server's address in the kubeconfig: something else answers there.");
    case base::ErrorCode::NotFound:
    case base::ErrorCode::Conflict:
    case base::ErrorCode::Gone:
    case base::ErrorCode::Unsupported:
    case base::ErrorCode::Io:
    case base::ErrorCode::Internal:
        break;
    }
    return {};
}

} // namespace ui
