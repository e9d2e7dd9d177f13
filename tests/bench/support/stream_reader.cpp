// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/support/stream_reader.h"

#include "tests/bench/support/program.h"

#include <curl/curl.h>

#include <algorithm>
#include <string_view>

namespace bench {

namespace {

struct Search {
    std::string end;
    std::string tail; // The last bytes of the piece before.
    Read result;
    double start = 0;
    bool found = false;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
    Search& search = *static_cast<Search*>(user);
    const std::string_view piece(data, size * count);
    search.result.bytes += static_cast<std::int64_t>(piece.size());
    const std::size_t overlap = std::min(piece.size(), search.end.size());
    search.tail.append(piece.substr(0, overlap));
    search.found =
        search.tail.find(search.end) != std::string::npos || piece.find(search.end) != std::string_view::npos;
    search.tail.assign(piece.substr(piece.size() - overlap));
    if (!search.found)
        return piece.size();
    search.result.seconds = now() - search.start;
    return 0;
}

} // namespace

Read readStream(const std::string& url, const std::string& accept, const std::filesystem::path& identity,
                const std::string& end) {
    Search search;
    search.end = end;
    CURL* easy = curl_easy_init();
    curl_slist* headers = curl_slist_append(nullptr, ("Accept: " + accept).c_str());
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    // For the user agent of curl the API server pretty-prints.
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "bench");
    curl_easy_setopt(easy, CURLOPT_CAINFO, (identity / "ca.crt").c_str());
    curl_easy_setopt(easy, CURLOPT_SSLCERT, (identity / "admin.crt").c_str());
    curl_easy_setopt(easy, CURLOPT_SSLKEY, (identity / "admin.key").c_str());
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &search);
    search.start = now();
    const CURLcode code = curl_easy_perform(easy);
    if (!search.found)
        search.result.error = curl_easy_strerror(code);
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    return search.result;
}

} // namespace bench
