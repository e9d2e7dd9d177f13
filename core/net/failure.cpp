// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/failure.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

#include <cerrno>
#include <cstring>

namespace net {

namespace {

using base::Error;
using base::ErrorCode;

Error make(ErrorCode code, std::string message) {
    Error error;
    error.code = code;
    error.message = std::move(message);
    return error;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string seconds(std::int64_t ms) {
    if (ms < 1000)
        return std::to_string(ms) + " ms";
    return std::to_string((ms + 500) / 1000) + " s";
}

std::string peer(const Failure& failure) {
    return failure.proxy.empty() || failure.connected ? failure.server : "the proxy " + failure.proxy;
}

std::string quoted(std::string_view detail) {
    return detail.empty() ? std::string() : " (" + std::string(detail) + ")";
}

Error describeTimeout(const Failure& failure) {
    const std::string time = seconds(failure.waitedMs);
    if (!failure.nameKnown)
        return make(ErrorCode::NameResolution, "no name server answered for the name in " +
                                                   (failure.proxy.empty() ? failure.server : failure.proxy) +
                                                   " within " + time);
    if (!failure.connected)
        return make(ErrorCode::TimedOut, peer(failure) + " accepted no connection within " + time);
    if (!failure.secured)
        return make(ErrorCode::TimedOut, "the TLS handshake with " + failure.server +
                                             (failure.proxy.empty() ? "" : " through the proxy " + failure.proxy) +
                                             " was not finished within " + time);
    return make(ErrorCode::TimedOut, failure.server + " gave no complete answer within " + time);
}

Error describeConnect(const Failure& failure) {
    const std::string whom = peer(failure);
    switch (failure.osError) {
    case ECONNREFUSED:
        return make(ErrorCode::Refused, "nobody listens at " + whom + ": connection refused");
    case ETIMEDOUT:
        return make(ErrorCode::TimedOut, whom + " accepted no connection");
    case ENETUNREACH:
    case EHOSTUNREACH:
        return make(ErrorCode::Unreachable, "there is no route to " + whom);
    default:
        break;
    }
    if (holds(failure.detail, "refused"))
        return make(ErrorCode::Refused, "nobody listens at " + whom + ": connection refused");
    if (holds(failure.detail, "timed out") || holds(failure.detail, "Timeout"))
        return describeTimeout(failure);
    return make(ErrorCode::Unreachable, "cannot connect to " + whom + quoted(failure.detail));
}

Error describeVerification(const Failure& failure) {
    const std::string subject = "the certificate of " + failure.server;
    switch (failure.verifyResult) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return make(ErrorCode::Tls, subject + " has expired");
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return make(ErrorCode::Tls, subject + " is not valid yet (is this machine's clock right?)");
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return make(ErrorCode::Tls, subject + " is signed by an unknown authority");
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return make(ErrorCode::Tls, subject + " is signed by an unknown authority (itself or an own root)");
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED: // curl's value before OpenSSL looked at it
        break;
    default:
        return make(ErrorCode::Tls, subject + " is refused: " + X509_verify_cert_error_string(failure.verifyResult));
    }
    if (holds(failure.detail, "does not match") || holds(failure.detail, "no alternative certificate subject name"))
        return make(ErrorCode::Tls, subject + " is not made out for the name " + failure.serverName);
    return make(ErrorCode::Tls, subject + " is refused" + quoted(failure.detail));
}

// TLS alerts of the server say what it holds against us.
bool describeAlert(const Failure& failure, Error& error) {
    if (!holds(failure.detail, "alert"))
        return false;
    if (holds(failure.detail, "certificate expired"))
        error = make(ErrorCode::Expired, failure.server + " refuses the client certificate: it has expired");
    else if (holds(failure.detail, "certificate required"))
        error = make(ErrorCode::Tls, failure.server + " asks for a client certificate and got none");
    else if (holds(failure.detail, "unknown ca"))
        error = make(ErrorCode::Tls, failure.server + " does not know the authority of the client certificate");
    else if (holds(failure.detail, "bad certificate") || holds(failure.detail, "certificate revoked") ||
             holds(failure.detail, "certificate unknown"))
        error = make(ErrorCode::Tls, failure.server + " refuses the client certificate" + quoted(failure.detail));
    else
        error = make(ErrorCode::Tls, failure.server + " broke off the TLS connection" + quoted(failure.detail));
    return true;
}

Error describeHandshake(const Failure& failure) {
    if (Error error; describeAlert(failure, error))
        return error;
    if (failure.verifyResult != X509_V_OK && failure.verifyResult != X509_V_ERR_UNSPECIFIED)
        return describeVerification(failure);
    if (holds(failure.detail, "wrong version number") || holds(failure.detail, "http request"))
        return make(ErrorCode::Tls, failure.server + " does not speak TLS on this port");
    if (holds(failure.detail, "reset by peer"))
        return make(ErrorCode::Unreachable,
                    "the connection to " + failure.server + " was reset in the middle of the TLS handshake");
    if (holds(failure.detail, "SSL_ERROR_SYSCALL") || holds(failure.detail, "unexpected eof") ||
        holds(failure.detail, "SSL_connect: SSL_ERROR_ZERO_RETURN"))
        return make(ErrorCode::Tls, failure.server + " closed the connection in the middle of the TLS handshake");
    return make(ErrorCode::Tls, "the TLS handshake with " + failure.server + " failed" + quoted(failure.detail));
}

Error describeProxyAnswer(const Failure& failure) {
    if (failure.proxyStatus == 407)
        return make(ErrorCode::Unauthorized, "the proxy " + failure.proxy + " asks for a user and a password");
    return make(ErrorCode::Unreachable, "the proxy " + failure.proxy + " opened no way to " + failure.server +
                                            ": it answered " + std::to_string(failure.proxyStatus));
}

Error describeCut(const Failure& failure) {
    if (Error error; describeAlert(failure, error))
        return error;
    if (holds(failure.detail, "chunk") || holds(failure.detail, "header") || holds(failure.detail, "Header"))
        return make(ErrorCode::BadResponse, failure.server + " sent no valid HTTP" + quoted(failure.detail));
    if (holds(failure.detail, "timed out"))
        return make(ErrorCode::Unreachable, "the connection to " + failure.server + " is dead: nothing is answered");
    if (!failure.asked && !failure.proxy.empty())
        return make(ErrorCode::Unreachable,
                    "the proxy " + failure.proxy + " cut the connection" + quoted(failure.detail));
    return make(ErrorCode::Unreachable, "the connection to " + failure.server + " was cut" + quoted(failure.detail));
}

} // namespace

base::Error describeFailure(const Failure& failure) {
    switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return make(ErrorCode::NameResolution, "no address is known for the name in " + failure.server);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return make(ErrorCode::NameResolution, "no address is known for the name in the proxy " + failure.proxy);
    case CURLE_COULDNT_CONNECT:
        return describeConnect(failure);
    case CURLE_OPERATION_TIMEDOUT:
        return describeTimeout(failure);
    case CURLE_PROXY:
        return make(ErrorCode::Unreachable,
                    "the proxy " + failure.proxy + " opened no way to " + failure.server + quoted(failure.detail));
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        return describeVerification(failure);
    case CURLE_SSL_CONNECT_ERROR:
        return describeHandshake(failure);
    case CURLE_SSL_CACERT_BADFILE:
        return make(ErrorCode::Tls, "the certificate authority data for " + failure.server + " holds no certificate");
    case CURLE_SSL_CERTPROBLEM:
        return make(ErrorCode::Tls, "the client certificate or its key for " + failure.server + " cannot be used" +
                                        quoted(failure.detail));
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        if (failure.asked)
            return make(ErrorCode::BadResponse, failure.server + " sent no valid HTTP" + quoted(failure.detail));
        return make(ErrorCode::BadInput, "the URL of " + failure.server + " cannot be used" + quoted(failure.detail));
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return make(ErrorCode::BadResponse, failure.server + " sent no valid HTTP" + quoted(failure.detail));
    case CURLE_GOT_NOTHING:
        return make(ErrorCode::Unreachable, failure.server + " closed the connection without an answer");
    case CURLE_PARTIAL_FILE:
        if (!failure.answered)
            return make(ErrorCode::Unreachable,
                        "the connection to " + failure.server + " was cut before an answer came");
        return make(ErrorCode::Unreachable, failure.server + " closed the connection in the middle of its answer");
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return make(ErrorCode::Unreachable, failure.server + " broke off the HTTP/2 stream" + quoted(failure.detail));
    case CURLE_SEND_FAIL_REWIND:
        return make(ErrorCode::Unreachable, "the connection to " + failure.server +
                                                " was cut after the request was sent; it is not sent twice");
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        if (failure.proxyStatus >= 300 && !failure.proxy.empty() && !failure.secured)
            return describeProxyAnswer(failure);
        return describeCut(failure);
    default:
        return make(ErrorCode::Internal, "the request to " + failure.server + " failed: curl code " +
                                             std::to_string(failure.code) + quoted(failure.detail));
    }
}

} // namespace net
