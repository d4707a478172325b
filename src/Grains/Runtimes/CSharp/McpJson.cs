using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>How the SDK writes and reads one of its types.</summary>
internal static class McpJson<T>
{
    public static readonly JsonTypeInfo<T> Info =
        (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
