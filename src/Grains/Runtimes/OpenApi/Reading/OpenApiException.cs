namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// What a part of an API's description says that cannot be taken, in words that follow the part's name.
/// </summary>
internal sealed class OpenApiException(string message) : Exception(message)
{
    /// <summary>Whether it is only the size of what was made of it.</summary>
    public bool IsSize { get; init; }

    /// <summary>Whether all of the description is given up with it, and not the part alone.</summary>
    public bool IsLast { get; init; }
}
