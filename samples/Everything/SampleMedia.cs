namespace Smcp.Samples.Everything;

/// <summary>The smallest valid files of their kinds.</summary>
internal static class SampleMedia
{
    public const string PngType = "image/png";
    public const string WavType = "audio/wav";

    /// <summary>One red pixel.</summary>
    public static byte[] Png() => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    /// <summary>A WAV file of no samples.</summary>
    public static byte[] Wav() =>
        Convert.FromBase64String("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=");
}
