using System.Collections.Frozen;

namespace Smcp.Network.Tls;

/// <summary>Which certificate a client gets: by the name it asks for (RFC 6066 section 3), else the first.</summary>
internal sealed class TlsCertificateMap
{
    private readonly TlsCertificate _first;
    private readonly FrozenDictionary<string, TlsCertificate> _byName;

    public TlsCertificateMap(IReadOnlyList<TlsCertificate> certificates)
    {
        _first = certificates[0];
        _byName = certificates.SelectMany(c => c.Names.Select(name => (Name: name, Certificate: c)))
            .DistinctBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Certificate, StringComparer.OrdinalIgnoreCase);
    }

    public TlsCertificate Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return _first;
        }

        if (_byName.TryGetValue(name, out var certificate))
        {
            return certificate;
        }

        // A wildcard stands for one label (RFC 9525 section 6.3).
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _byName.TryGetValue("*" + name[dot..], out certificate) ? certificate : _first;
    }
}
