using Microsoft.Extensions.Options;

namespace Smcp.Engine.Faults;

/// <summary>Draws the faults of a test run from its seed.</summary>
internal sealed class Chaos(IOptions<EngineFaultOptions> options)
{
    private readonly Lock _gate = new();
    private readonly EngineFaultOptions _options = options.Value;
#pragma warning disable CA5394 // Faults are to be repeatable, not secret.
    private readonly Random _random = new(options.Value.Seed);

    public bool SendsWireForm => _options.WireForm;

    public bool MeetsActivations => _options.KillRate + _options.MoveRate + _options.DuplicateRate > 0;

    public bool MeetsBells => _options.BellLossRate + _options.BellRepeatRate + _options.BellDelayRate > 0;

    public ActivationFate NextActivationFate() =>
        (ActivationFate)Draw(_options.KillRate, _options.MoveRate, _options.DuplicateRate);

    public BellFate NextBellFate() =>
        (BellFate)Draw(_options.BellLossRate, _options.BellRepeatRate, _options.BellDelayRate);

    /// <summary>Which of two activations of a key a call goes to.</summary>
    public bool PicksTwin()
    {
        lock (_gate)
        {
            return _random.Next(2) == 0;
        }
    }

    /// <summary>The number of the share that was hit, from 1; 0 for none.</summary>
    private int Draw(double first, double second, double third)
    {
        double drawn;
        lock (_gate)
        {
            drawn = _random.NextDouble();
        }

        return drawn < first ? 1 : drawn < first + second ? 2 : drawn < first + second + third ? 3 : 0;
    }
#pragma warning restore CA5394
}
