using System.Text.Json.Nodes;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>
/// One server of a trace: its core as a value, its disk, its unfinished writes, and the messages that wait for these
/// writes.
/// </summary>
internal sealed class TracedServer(RaftCoreOptions options)
{
    private static readonly TraceProjection Projection = TraceReading.Projection;
    private readonly List<DurableWrite> _pending = [];
    private readonly HashSet<(string Message, long After)> _held = [];
    private DiskState _disk = DiskState.Empty;
    private CoreState? _core;

    /// <summary>Takes the step of a line and compares its outcome with the line.</summary>
    /// <param name="action">The action of the line.</param>
    /// <param name="line">The line.</param>
    /// <param name="messages">All messages sent so far; those that this step sends are added.</param>
    /// <exception cref="TraceException">The server cannot have taken this step.</exception>
    public void Take(string action, TraceNode line, HashSet<string> messages)
    {
        if (action == "Crash")
        {
            Crash(line);
            return;
        }

        if (action == "Restart")
        {
            Require(_core is null, "the server is up; expected it to be down");
            RaftCore started = new(options, Load(line["loaded"]), NullRaftObserver.Instance);
            Compare(line, started, started.Start(), messages);
            return;
        }

        Require(_core is not null, "the server is down; expected it to be up");
        RaftCore core = RaftCore.Restore(options, _core!, NullRaftObserver.Instance);
        Compare(line, core, Run(action, line, core, messages), messages);
    }

    private Effects Run(string action, TraceNode line, RaftCore core, HashSet<string> messages)
    {
        switch (action)
        {
            case "ElectionTimeout":
                Require(core.Role != Role.Leader, "the election timer of a leader runs out; expected a follower or candidate");
                return core.ElectionTimeout();
            case "HeartbeatTimeout":
                Require(core.Role == Role.Leader, $"the heartbeat timer of a {core.Role} runs out; expected a leader".ToLowerInvariant());
                return core.HeartbeatTimeout();
            case "Receive":
                Message message = TraceReading.Message(line["message"]);
                Require(messages.Contains(Text(message)), $"the message received was not sent before: {Text(message)}");
                return core.Receive(message);
            case "Propose":
                Require(core.Role == Role.Leader, "commands are proposed to a server that does not lead; expected a leader");
                ReadOnlyMemory<byte>[] commands = [.. line["values"].Items.Select(value => (ReadOnlyMemory<byte>)TraceReading.Command(value.NumberWithin(1, long.MaxValue)))];
                Require(commands.Length > 0, "no command is proposed; expected at least one");
                return core.Propose(commands);
            case "Compact":
                LogIndex index = new(line["index"].NumberWithin(0, core.LastApplied.Value));
                return core.Compact(index, line["data"].Bytes);
            case "Read":
                Require(core.TakesReads, "a read is given to a server that takes none; expected a leader that takes reads");
                return core.Read(new ReadRequest());
            case "WriteCompleted":
                return Complete((int)line["writes"].NumberWithin(1, _pending.Count), core, messages);
            default:
                throw new TraceException($"action is '{action}'; expected an action of Raft.tla");
        }
    }

    private Effects Complete(int writes, RaftCore core, HashSet<string> messages)
    {
        _disk = _disk.Write(_pending[..writes], int.MaxValue);
        _pending.RemoveRange(0, writes);
        (string Message, long After)[] held = [.. _held];
        _held.Clear();
        foreach ((string message, long after) in held)
        {
            if (after <= writes)
            {
                messages.Add(message);
            }
            else
            {
                _held.Add((message, after - writes));
            }
        }

        // The restored core numbers its writes from 1.
        return core.WriteCompleted(new WriteId(writes));
    }

    private DurableState Load(TraceNode loaded)
    {
        TraceDifference.Require("loaded", loaded.Json, OnDisk(_disk));
        return _disk.Load();
    }

    private void Crash(TraceNode line)
    {
        Require(_core is not null, "the server is down; expected it to be up");
        if (line.Has("disk"))
        {
            // Any number of parts of the unfinished writes may have reached the disk.
            int parts = _pending.Sum(DiskState.PartsOf);
            DiskState[] possible = [.. Enumerable.Range(0, parts + 1).Select(n => _disk.Write(_pending, n))];
            _disk = Array.Find(possible, disk => TraceDifference.Find("disk", line["disk"].Json, OnDisk(disk)) is null)
                ?? throw new TraceException(
                    $"the disk holds {line["disk"].Json?.ToJsonString()}; expected its earlier content and a number of the {parts} parts of unfinished writes, such as {OnDisk(possible[^1]).ToJsonString()}");
        }

        _core = null;
        _pending.Clear();
        _held.Clear();
    }

    private void Compare(TraceNode line, RaftCore core, Effects effects, HashSet<string> messages)
    {
        CoreState after = core.Capture();
        TraceDifference.Require("state", line["state"].Json, Projection.State(after, options.Id, options.Servers.Count));
        if (effects.Write is { } write)
        {
            _pending.Add(write);
        }

        TraceDifference.Require("write", line["write"].Json, effects.Write is null ? [] : new JsonArray(Projection.Write(effects.Write)));
        (JsonNode restore, JsonArray apply) = TraceProjection.HandedOut(effects);
        TraceDifference.Require("restore", line["restore"].Json, restore);
        TraceDifference.Require("apply", line["apply"].Json, apply);
        TraceDifference.Require(
            "served", line["served"].Json, new JsonArray([.. effects.ReadsReady.Select(read => TraceProjection.Read(read.Index, read.Round))]));
        Send(line, effects, messages);
        _core = after;
    }

    // Compared as sets: a message that was already sent, or already waits, may be there or not.
    private void Send(TraceNode line, Effects effects, HashSet<string> messages)
    {
        HashSet<string> recordedSent = [.. line["sent"].Items.Select(Text)];
        HashSet<(string, long)> recordedHeld = [.. line["held"].Items.Select(held => (Text(held["msg"]), held["after"].Number))];
        HashSet<string> sent = [.. effects.Messages.Where(message => message.After == WriteId.None).Select(message => Text(message.Message))];
        long completed = effects.Write is { } write ? write.Id.Value - _pending.Count : LastIssued(effects) - _pending.Count;
        HashSet<(string, long)> held =
            [.. effects.Messages.Where(message => message.After != WriteId.None).Select(message => (Text(message.Message), message.After.Value - completed))];
        RequireSame("sent", recordedSent, sent, messages);
        RequireSame("held", recordedHeld, held, _held);
        messages.UnionWith(sent);
        _held.UnionWith(held);
    }

    // If the step writes nothing, messages wait for the last unfinished write.
    private static long LastIssued(Effects effects) => effects.Messages.Max(message => (long?)message.After.Value) ?? 0;

    private static void RequireSame<T>(string what, HashSet<T> recorded, HashSet<T> expected, HashSet<T> known)
        where T : notnull
    {
        foreach (T one in recorded)
        {
            Require(expected.Contains(one) || known.Contains(one), $"{what} has {one}; expected {(expected.Count == 0 ? "nothing" : string.Join(", ", expected))}");
        }

        foreach (T one in expected)
        {
            Require(recorded.Contains(one) || known.Contains(one), $"{what} has no {one}; expected it");
        }
    }

    private static JsonObject OnDisk(DiskState disk) => Projection.Disk(disk.CurrentTerm, disk.VotedFor, disk.Snapshot, disk.Log);

    private static string Text(Message message) => Projection.Message(message).ToJsonString();

    private static string Text(TraceNode message) => Text(TraceReading.Message(message));

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new TraceException(message);
        }
    }
}
