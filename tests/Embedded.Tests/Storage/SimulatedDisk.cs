namespace Smcp.Storage;

/// <summary>
/// A disk that has, for each file, what was synced and what was written since. When the power fails it keeps of the
/// latter what a draw says, in sectors: so a write may be lost, torn, or reach the disk before an earlier one. Entries
/// of folders are lost likewise until their folder is synced.
/// </summary>
internal sealed class SimulatedDisk
{
    private const int SectorBytes = 512;

    private readonly Dictionary<string, SimulatedFile> _durable = [];
    private readonly Dictionary<string, SimulatedFile> _current = [];
    private readonly List<TraceEvent> _entries = [];
    private readonly Dictionary<TraceEvent, SimulatedFile> _created = [];

    public void Apply(TraceEvent happened)
    {
        switch (happened)
        {
            case TraceEvent.Create create when !_current.ContainsKey(create.Path):
                _current[create.Path] = _created[create] = new SimulatedFile();
                _entries.Add(create);
                break;
            case TraceEvent.Unlink unlink when _current.Remove(unlink.Path):
                _entries.Add(unlink);
                break;
            case TraceEvent.Write write:
                _current[write.Path].Add(write);
                break;
            case TraceEvent.Truncate truncate:
                _current[truncate.Path].Add(truncate);
                break;
            case TraceEvent.Sync sync when _current.TryGetValue(sync.Path, out var file):
                file.Sync(sync.BeganAt);
                break;
            case TraceEvent.Sync sync:
                SyncFolder(sync);
                break;
        }
    }

    /// <summary>What a program reads now, with the power on.</summary>
    public byte[] Read(string path) => _current[path].Fail(new Random(0), luck: 1, int.MaxValue);

    /// <summary>What the disk holds when the power fails now.</summary>
    public IReadOnlyDictionary<string, byte[]> Fail(Random random)
    {
        var survivors = new Dictionary<string, SimulatedFile>(_durable);
        var luck = Luck(random);
        foreach (var entry in _entries.Where(_ => random.NextDouble() < luck))
        {
            Put(entry, survivors);
        }

        return survivors.ToDictionary(pair => pair.Key, pair => pair.Value.Fail(random, Luck(random), SectorBytes));
    }

    /// <summary>How likely what is not synced survives: often all of it or nothing.</summary>
    private static double Luck(Random random) => random.Next(4) switch
    {
        0 => 0,
        1 => 1,
        _ => random.NextDouble(),
    };

    private void SyncFolder(TraceEvent.Sync sync)
    {
        foreach (var entry in _entries.Where(entry => IsDurable(entry, sync)).ToArray())
        {
            Put(entry, _durable);
            _entries.Remove(entry);
        }
    }

    private static bool IsDurable(TraceEvent entry, TraceEvent.Sync sync)
    {
        var path = entry is TraceEvent.Create create ? create.Path : ((TraceEvent.Unlink)entry).Path;
        return entry.At < sync.BeganAt && Path.GetDirectoryName(path) == sync.Path;
    }

    private void Put(TraceEvent entry, Dictionary<string, SimulatedFile> files)
    {
        if (entry is TraceEvent.Create create)
        {
            files[create.Path] = _created[create];
        }
        else
        {
            files.Remove(((TraceEvent.Unlink)entry).Path);
        }
    }
}
