namespace Smcp.Runtimes;

/// <summary>An image's files, for as long as it is not disposed.</summary>
internal interface IImageFolder : IDisposable
{
    string Path { get; }
}
