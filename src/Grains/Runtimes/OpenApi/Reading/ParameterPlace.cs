namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>Where in a request a parameter stands.</summary>
internal enum ParameterPlace
{
    Path,
    Query,
    Header,
    Cookie,
}
