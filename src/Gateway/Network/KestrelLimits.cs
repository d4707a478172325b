using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Smcp.Network;

/// <summary>Gives the web server its limits from ours: one place to set them.</summary>
internal sealed class KestrelLimits(IOptions<NetworkOptions> network) : IConfigureOptions<KestrelServerOptions>
{
    private static readonly DigitsEncoding Digits = new();

    public void Configure(KestrelServerOptions options)
    {
        var limits = network.Value;
        options.AddServerHeader = false;
        // The reader refuses a larger body with a message of its own; this stops what it does not read. Kestrel counts
        // the framing of chunks too, which is five bytes for a chunk of one.
        options.Limits.MaxRequestBodySize = limits.BodyBytesMax * 8L;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(limits.BodyBytesPerSecondMin, limits.SlowBodyGrace);
        options.Limits.MaxRequestLineSize = limits.RequestLineBytesMax;
        options.Limits.MaxRequestHeaderCount = limits.HeadersMax;
        options.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytesMax;
        options.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        options.Limits.KeepAliveTimeout = limits.KeepAliveTimeout;
        options.Limits.MaxConcurrentConnections = limits.ConnectionsMax;
        options.RequestHeaderEncodingSelector =
            static name => name == HeaderNames.ContentLength ? Digits : null;
        Configure(options.Limits.Http2, limits);
    }

    private static void Configure(Http2Limits http2, NetworkOptions limits)
    {
        http2.MaxStreamsPerConnection = limits.StreamsPerConnectionMax;
        http2.MaxRequestHeaderFieldSize = limits.HeaderBytesMax;
        http2.InitialStreamWindowSize = limits.StreamWindowBytes;
        http2.InitialConnectionWindowSize = limits.ConnectionWindowBytes;
        // A peer that is gone without a word holds its streams no longer than this and the time for its answer.
        http2.KeepAlivePingDelay = limits.PingDelay;
        http2.KeepAlivePingTimeout = limits.PingTimeout;
    }
}
