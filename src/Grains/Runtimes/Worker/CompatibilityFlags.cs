using System.Collections.Frozen;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// The compatibility flags that a worker may ask for: those that change what its own code sees, none that is
/// experimental or gives it more of the process.
/// </summary>
internal static class CompatibilityFlags
{
    /// <summary>A call that is cancelled must be told of it, whatever the date says.</summary>
    private const string RequestSignal = "enable_request_signal";

    private static readonly FrozenSet<string> Allowed = FrozenSet.Create(
        StringComparer.Ordinal,
        RequestSignal,
        "nodejs_compat", "nodejs_compat_v2", "nodejs_als", "no_nodejs_compat_v2",
        "nodejs_compat_populate_process_env", "nodejs_compat_do_not_populate_process_env",
        "export_commonjs_default", "export_commonjs_namespace",
        "global_navigator", "no_global_navigator",
        "streams_enable_constructors", "streams_disable_constructors",
        "transformstream_enable_standard_constructor", "transformstream_disable_standard_constructor",
        "url_standard", "url_original",
        "urlsearchparams_delete_has_value_arg", "no_urlsearchparams_delete_has_value_arg",
        "formdata_parser_supports_files", "formdata_parser_converts_files_to_strings",
        "html_rewriter_treats_esi_include_as_void_tag",
        "capture_async_api_throws", "do_not_capture_async_api_throws",
        "r2_list_honor_include",
        "brotli_content_encoding", "no_brotli_content_encoding",
        "strict_compression_checks", "no_strict_compression_checks",
        "strict_crypto_checks", "no_strict_crypto_checks",
        "set_forwardable_email_full_headers",
        "handle_cross_request_promise_resolution", "no_handle_cross_request_promise_resolution",
        "unwrap_custom_thenables", "no_unwrap_custom_thenables",
        "fetch_refuses_unknown_protocols", "fetch_treats_unknown_protocols_as_http",
        "cache_option_enabled", "cache_option_disabled");

    public static bool IsAllowed(string flag) => Allowed.Contains(flag);

    /// <summary>What the worker asks for, and what every one has.</summary>
    /// <exception cref="WorkerUnavailableException">It asks for another.</exception>
    public static IReadOnlyList<string> Of(WorkerSettings settings) =>
        settings.CompatibilityFlags.FirstOrDefault(flag => !IsAllowed(flag)) is { } odd
            ? throw new WorkerUnavailableException($"The compatibility flag '{odd}' is not offered.")
            : [.. settings.CompatibilityFlags.Append(RequestSignal).Distinct(StringComparer.Ordinal)];
}
