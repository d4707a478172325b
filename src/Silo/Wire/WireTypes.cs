using System.Collections.Frozen;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Smcp.Wire;

/// <summary>
/// The types that cross as JSON. They are immutable, so a call within a silo passes the same object on.
/// </summary>
internal sealed class WireTypes(IEnumerable<WireRegistration> registrations) : IGeneralizedCopier, ICodecSelector
{
    private readonly FrozenSet<Type> _types = registrations.Select(registration => registration.Type).ToFrozenSet();

    public string CodecName => Orleans.Serialization.JsonCodec.WellKnownAlias;

    bool IGeneralizedCopier.IsSupportedType(Type type) => _types.Contains(type);

    bool ICodecSelector.IsSupportedType(Type type) => _types.Contains(type);

    public object? DeepCopy(object? input, CopyContext context) => input;
}
