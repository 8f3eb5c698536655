using System.Runtime.InteropServices;
using System.Text.Json;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>The state of a search on disk, so that the search can continue after a stop.</summary>
internal static class SearchCheckpoint
{
    private const string File = "search";

    /// <summary>
    /// Saves a search whose threads are idle. An earlier saved state is replaced when the new one is complete.
    /// </summary>
    public static void Save(Search search, Explorer[] explorers, FrontierLevel from, FrontierLevel to, int depth, TimeSpan elapsed)
    {
        string folder = search.Options.Checkpoint!;
        Directory.CreateDirectory(folder);
        string unfinished = Path.Combine(folder, $"{File}.unfinished");
        using (BinaryWriter writer = new(new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20)))
        {
            writer.Write(Identity(search));
            writer.Write(depth);
            writer.Write(elapsed.Ticks);
            writer.Write(explorers.Sum(explorer => explorer.Steps));
            writer.Write(explorers.Sum(explorer => explorer.Expanded));
            writer.Write(search.Cluster.LocalCount);
            writer.Write(search.Cluster.MessageCount);
            writer.Write(search.Journal.Count);
            writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(search.Journal)));
            Write(writer, from);
            Write(writer, to);
            writer.Write(search.Origins.Count);
            writer.Flush();
            search.Origins.Save(writer.BaseStream);
            writer.Write(search.States);
            writer.Flush();
            search.Table.Save(writer.BaseStream);
        }

        System.IO.File.Move(unfinished, Path.Combine(folder, File), overwrite: true);
    }

    /// <summary>Restores the saved state into a search that has not begun.</summary>
    /// <returns>The depth of the current level, and the time that the search has taken so far.</returns>
    /// <exception cref="InvalidDataException">
    /// There is no saved state, or it is incomplete, or it belongs to another search or build.
    /// </exception>
    public static (int Depth, TimeSpan Elapsed) Load(Search search, Explorer explorer, FrontierLevel from, FrontierLevel to)
    {
        string path = Path.Combine(search.Options.Checkpoint!, File);
        try
        {
            using BinaryReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20));
            return Load(search, explorer, from, to, reader, path);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FileNotFoundException or FormatException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static (int Depth, TimeSpan Elapsed) Load(Search search, Explorer explorer, FrontierLevel from, FrontierLevel to, BinaryReader reader, string path)
    {
        string saved = reader.ReadString();
        if (saved != Identity(search))
        {
            throw new InvalidDataException($"{path}: saved by {saved}; expected {Identity(search)}");
        }

        int depth = reader.ReadInt32();
        TimeSpan elapsed = TimeSpan.FromTicks(reader.ReadInt64());
        explorer.Steps = reader.ReadInt64();
        explorer.Expanded = reader.ReadInt64();
        int locals = reader.ReadInt32();
        int messages = reader.ReadInt32();
        JournalEntry[] journal = new JournalEntry[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(journal.AsSpan()));
        Repeat(search, journal);
        if (search.Cluster.LocalCount != locals || search.Cluster.MessageCount != messages)
        {
            throw new InvalidDataException(
                $"{path}: its {journal.Length} steps lead to {search.Cluster.LocalCount} local states and {search.Cluster.MessageCount} messages; expected {locals} and {messages}");
        }

        Read(reader, from);
        Read(reader, to);
        search.Origins.Load(reader.BaseStream, reader.ReadInt64());
        long states = reader.ReadInt64();
        search.Table.Load(reader.BaseStream, states);
        search.Recount(states);
        return (depth, elapsed);
    }

    private static void Repeat(Search search, JournalEntry[] journal)
    {
        for (int server = 0; server < search.Bounds.Servers; server++)
        {
            search.Cluster.InitialOf(server);
        }

        foreach (JournalEntry entry in journal)
        {
            LocalInfo local = search.Cluster.Local(entry.Local);
            if (entry.Committed >= 0)
            {
                search.Cluster.CommittedAfter(entry.Committed, local);
            }
            else
            {
                ModelInput input = ModelInput.Unpack(entry.Input);
                search.Cluster.Step(local, input.Action, input.Argument);
            }
        }
    }

    private static void Write(BinaryWriter writer, FrontierLevel level)
    {
        byte[] buffer = [];
        FrontierBlock[] blocks = [.. level.Left];
        writer.Write(blocks.Length);
        foreach (FrontierBlock block in blocks)
        {
            writer.Write(block.Count);
            writer.Write(block.First);
            writer.Write(block.Length);
            writer.Write(level.Read(block, ref buffer));
        }
    }

    private static void Read(BinaryReader reader, FrontierLevel level)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            int count = reader.ReadInt32();
            long first = reader.ReadInt64();
            level.Add(reader.ReadBytes(reader.ReadInt32()), count, first);
        }
    }

    // The model, the reductions and the build. If any of them differs, the numbers have another meaning.
    private static string Identity(Search search) =>
        $"{JsonSerializer.Serialize(search.Bounds)} symmetry {search.Options.Symmetry} closure {search.Options.EagerClosure} dead replies {search.Options.DeadReplies} "
        + $"build {typeof(RaftCore).Module.ModuleVersionId:N} {typeof(Search).Module.ModuleVersionId:N}";
}
