using System.Text.Json.Nodes;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>
/// Records each input of a core with its outcome, one line per input. <see cref="TraceValidator"/> compares such a
/// trace with the shipping core. <c>specs/tla/TraceRaft.tla</c> compares it with the specification. The recorder does
/// not change the run.
/// </summary>
public sealed class TraceRecorder : IRaftObserver, IInputObserver
{
    private readonly TraceHeader _header;
    private readonly TraceProjection _projection;
    private readonly List<JsonObject> _lines = [];
    private readonly Dictionary<string, long> _values = [];
    private readonly Life[] _lives;

    /// <summary>Prepares a recording.</summary>
    /// <param name="header">The description of the cluster.</param>
    public TraceRecorder(TraceHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        _header = header;
        _projection = new TraceProjection(ValueOf);
        _lives = new Life[header.Servers + 1];
    }

    /// <summary>The number of lines, including the header.</summary>
    public int Lines => _lines.Count + 1;

    /// <summary>
    /// Records events that are not inputs of a core: crashes, and messages that the environment forges.
    /// </summary>
    /// <param name="raftEvent">The event.</param>
    public void OnEvent(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == RaftEventKind.Crashed)
        {
            Crash(raftEvent.Server);
        }
        else if (raftEvent.Subject is ForgedMessage { Message: var forged }
            && MessageValidation.FindFault(forged, _header.OptionsOf(forged.To.Value)) is null)
        {
            // A malformed message is refused on receipt and never reaches a core.
            _lines.Add(new JsonObject { ["server"] = forged.From.Value, ["action"] = "Forge", ["message"] = _projection.Message(forged) });
        }
    }

    /// <inheritdoc />
    public void Took(in CoreInput input, RaftCore core, Effects effects)
    {
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(effects);
        JsonObject line = new() { ["server"] = core.Id.Value };
        ref Life life = ref _lives[core.Id.Value];
        switch (input.Kind)
        {
            case CoreInputKind.Start:
                Start(line, core.Id, input.Loaded!);
                break;
            case CoreInputKind.Receive:
                line["action"] = "Receive";
                line["message"] = _projection.Message(input.Message!);
                break;
            case CoreInputKind.Propose:
                line["action"] = "Propose";
                line["values"] = new JsonArray([.. input.Commands.ToArray().Select(command => JsonValue.Create(ValueOf(command.Span)))]);
                break;
            case CoreInputKind.Compact:
                line["action"] = "Compact";
                line["index"] = input.Index.Value;
                line["data"] = TraceProjection.Bytes(input.Data);
                break;
            case CoreInputKind.WriteCompleted:
                line["action"] = "WriteCompleted";
                line["writes"] = input.Write.Value - life.Completed;
                life.Completed = input.Write.Value;
                break;
            default:
                line["action"] = input.Kind.ToString();
                break;
        }

        AddOutcome(line, core, effects, life.Completed);
        _lines.Add(line);
    }

    /// <summary>Writes the trace: one JSON object per line, the header first.</summary>
    /// <param name="writer">The writer to which the trace is written.</param>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_header.ToJson().ToJsonString());
        writer.Write('\n');
        foreach (JsonObject line in _lines)
        {
            writer.Write(line.ToJsonString());
            writer.Write('\n');
        }
    }

    private void Start(JsonObject line, ServerId id, DurableState loaded)
    {
        // A server that was stopped, or that failed, has no crash event.
        Crash(id);
        JsonObject disk = _projection.Disk(loaded.CurrentTerm, loaded.VotedFor, loaded.Snapshot, loaded.Entries);
        ref Life life = ref _lives[id.Value];
        if (life.Crash is { } crash)
        {
            crash["disk"] = disk.DeepClone();
        }

        line["action"] = "Restart";
        line["loaded"] = disk;
        life = new Life { IsUp = true };
    }

    // The next start shows how much of the unfinished writes has reached the disk. A later power cut may still undo a
    // part of it.
    private void Crash(ServerId id)
    {
        ref Life life = ref _lives[id.Value];
        if (life.IsUp)
        {
            life = new Life { Crash = new JsonObject { ["server"] = id.Value, ["action"] = "Crash" } };
            _lines.Add(life.Crash);
        }
    }

    private void AddOutcome(JsonObject line, RaftCore core, Effects effects, long completed)
    {
        JsonArray sent = [];
        JsonArray held = [];
        foreach (OutgoingMessage message in effects.Messages)
        {
            JsonObject content = _projection.Message(message.Message);
            if (message.After == WriteId.None)
            {
                sent.Add(content);
            }
            else
            {
                held.Add(new JsonObject { ["msg"] = content, ["after"] = message.After.Value - completed });
            }
        }

        line["state"] = _projection.State(core.Capture(), core.Id, _header.Servers);
        line["sent"] = sent;
        line["held"] = held;
        line["write"] = effects.Write is { } write ? [_projection.Write(write)] : new JsonArray();
        (line["restore"], line["apply"]) = TraceProjection.HandedOut(effects);
        line["served"] = new JsonArray([.. effects.ReadsReady.Select(read => TraceProjection.Read(read.Index, read.Round))]);
    }

    private long ValueOf(LogEntry entry) => entry.Kind == EntryKind.Empty ? 0 : ValueOf(entry.Command.Span);

    // Equal commands have the same number, counted from 1 in the order in which they first appear.
    private long ValueOf(ReadOnlySpan<byte> command)
    {
        string key = Convert.ToHexString(command);
        if (!_values.TryGetValue(key, out long value))
        {
            value = _values.Count + 1;
            _values.Add(key, value);
        }

        return value;
    }

    private struct Life
    {
        public bool IsUp;
        public long Completed;
        public JsonObject? Crash;
    }
}
