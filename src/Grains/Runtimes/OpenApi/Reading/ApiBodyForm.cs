namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>What a body is written as.</summary>
internal enum ApiBodyForm
{
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    Fields,

    Text,
}
