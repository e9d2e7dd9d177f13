// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/error_text.h"

#include <QCoreApplication>

namespace ui {

class ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
};

QString errorSentence(const base::Error& error) {
    const QString message = QString::fromStdString(error.message);
    const QString resource = QString::fromStdString(error.resource);
    const QString verb = QString::fromStdString(error.verb);
    switch (error.code) {
    case base::ErrorCode::BadInput:
        return message.isEmpty() ? ErrorText::tr("Cannot be understood") : message;
    case base::ErrorCode::NotFound:
        return resource.isEmpty() ? ErrorText::tr("Not found")
                                  : ErrorText::tr("Not found: %1", "%1 is a resource").arg(resource);
    case base::ErrorCode::NameResolution:
        return ErrorText::tr("Host name not found");
    case base::ErrorCode::Refused:
        return ErrorText::tr("Connection refused");
    case base::ErrorCode::Unreachable:
        return ErrorText::tr("Connection cut or no route");
    case base::ErrorCode::TimedOut:
        return ErrorText::tr("No answer in time");
    case base::ErrorCode::Tls:
        return ErrorText::tr("No secure connection (TLS)");
    case base::ErrorCode::Expired:
        return ErrorText::tr("Credentials expired");
    case base::ErrorCode::Unauthorized:
        return ErrorText::tr("Credentials missing or refused");
    case base::ErrorCode::Forbidden:
        if (verb.isEmpty() || resource.isEmpty())
            return ErrorText::tr("Not allowed");
        return ErrorText::tr("Not allowed to %1 %2", "%1 is a verb such as list, %2 a resource such as pods")
            .arg(verb, resource);
    case base::ErrorCode::Conflict:
        return ErrorText::tr("Changed by somebody else meanwhile");
    case base::ErrorCode::Gone:
        return ErrorText::tr("The server no longer has that state");
    case base::ErrorCode::Throttled:
        return ErrorText::tr("The server asks to slow down");
    case base::ErrorCode::ServerFailure:
        if (error.httpStatus == 0)
            return ErrorText::tr("The server failed");
        return ErrorText::tr("The server failed (HTTP %1)").arg(error.httpStatus);
    case base::ErrorCode::BadResponse:
        return ErrorText::tr("The answer is not Kubernetes");
    case base::ErrorCode::PluginFailed:
        return ErrorText::tr("Sign-in program failed");
    case base::ErrorCode::Unsupported:
        return resource.isEmpty() ? ErrorText::tr("Not served by this cluster")
                                  : ErrorText::tr("%1 is not served by this cluster", "%1 is a resource").arg(resource);
    case base::ErrorCode::Io:
        return ErrorText::tr("A local file failed");
    case base::ErrorCode::Internal:
        break;
    }
    return ErrorText::tr("Something went wrong inside Quarterdeck");
}

QString errorAdvice(const base::Error& error) {
    switch (error.code) {
    case base::ErrorCode::BadInput:
        return ErrorText::tr("Mend the entry in the kubeconfig; it is read again by itself.");
    case base::ErrorCode::NameResolution:
        return ErrorText::tr("Check the server's name in the kubeconfig and whether the VPN is up.");
    case base::ErrorCode::Refused:
    case base::ErrorCode::Unreachable:
    case base::ErrorCode::TimedOut:
        return ErrorText::tr("Check the network or the VPN; it is tried again by itself.");
    case base::ErrorCode::Tls:
        return ErrorText::tr(
            "Check the server's address and certificate-authority in the kubeconfig, or whether a proxy "
            "stands between.");
    case base::ErrorCode::Expired:
    case base::ErrorCode::Unauthorized:
        return ErrorText::tr("Log in again or renew the credentials; the kubeconfig is read again by itself.");
    case base::ErrorCode::Forbidden:
        return ErrorText::tr(
            "Ask the cluster's administrator for a role with this right, or choose a namespace you may read.");
    case base::ErrorCode::PluginFailed:
        return ErrorText::tr("Run the sign-in program in a terminal to see what it says.");
    case base::ErrorCode::Throttled:
    case base::ErrorCode::ServerFailure:
        return ErrorText::tr("It is tried again by itself.");
    case base::ErrorCode::BadResponse:
        return ErrorText::tr("Check the server's address in the kubeconfig: something else answers there.");
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
