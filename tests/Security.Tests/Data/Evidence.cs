using System.Text;

namespace Smcp.Data;

/// <summary>Everything that a host leaves behind, by the place where it was found.</summary>
internal sealed class Evidence
{
    private readonly List<(string Place, ReadOnlyMemory<byte> Content)> _places = [];

    public void Add(string place, string text) => Add(place, Encoding.UTF8.GetBytes(text));

    public void Add(string place, byte[] content) => _places.Add((place, content));

    /// <summary>Every file of a folder, as it is at this moment, but for those that are to be kept elsewhere.</summary>
    public void AddFolder(string place, string folder, params string[] except)
    {
        foreach (var path in Directory.GetFiles(folder).Where(path => !except.Contains(Path.GetFileName(path))))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            Add($"{place}/{Path.GetFileName(path)}", content);
        }
    }

    /// <summary>Fails where nothing, or not this, was found at a place: what is empty cannot be searched.</summary>
    public void AssertHolds(string place, string text) => Assert.True(
        _places.Any(found => found.Place.StartsWith(place, StringComparison.Ordinal)
            && found.Content.Span.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0),
        $"{text} was to be found in {place}");

    /// <summary>What of these is where it may not be: a sentence each.</summary>
    public IReadOnlyList<string> LeaksOf(IEnumerable<Marker> markers) =>
    [
        .. from marker in markers
           from found in _places
           from form in marker.FormsIn(found.Content)
           select $"{marker.Name} stands {form} in {found.Place}",
    ];
}
