namespace Smcp.Servers.Deploying.Images;

/// <summary>A file of an image.</summary>
/// <param name="Path">Relative, with slashes; checked by <see cref="ImagePath"/>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="IsExecutable">Whether it may be run.</param>
internal sealed record ImageFile(string Path, long Bytes, bool IsExecutable);
