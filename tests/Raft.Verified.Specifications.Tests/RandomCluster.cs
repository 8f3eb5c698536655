using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Specifications;

/// <summary>
/// The protocol core on several servers, each with a disk that flushes late and a network that loses, repeats and reorders; what happens
/// next is drawn at random. A few lines of what the exploration does in earnest, to have the monitors see every kind of event.
/// </summary>
internal sealed class RandomCluster
{
    private readonly Random _random;
    private readonly Node[] _nodes;
    private readonly List<Message> _network = [];
    private int _commands;

    /// <param name="servers">The number of servers.</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="observer">The receiver of the events, in place of the monitors; null for the monitors.</param>
    public RandomCluster(int servers, int seed, IRaftObserver? observer = null)
    {
        _random = new Random(seed);
        Monitors = new Monitors(servers, () => new AppendingModel());
        ServerId[] ids = [.. Enumerable.Range(1, servers).Select(id => new ServerId(id))];
        _nodes = [.. ids.Select(id => new Node(id, ids, observer ?? Monitors, _network))];
        foreach (Node node in _nodes)
        {
            node.Start();
        }
    }

    public Monitors Monitors { get; }

    public void RunWithFaults(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            Node node = _nodes[_random.Next(_nodes.Length)];
            switch (_random.Next(100))
            {
                case < 55:
                    Deliver(lossy: true);
                    break;
                case < 75:
                    node.Flush();
                    break;
                case < 83:
                    node.ApplyOne();
                    break;
                case < 90:
                    node.Propose(NextCommand());
                    break;
                case < 93:
                    node.Step(core => core.HeartbeatTimeout());
                    break;
                case < 96:
                    node.Step(core => core.ElectionTimeout());
                    break;
                case < 98:
                    node.Compact();
                    break;
                default:
                    node.CrashOrStart(_random.Next(6));
                    break;
            }
        }
    }

    public void RunWithoutFaults(int rounds)
    {
        foreach (Node node in _nodes)
        {
            node.StartIfDown();
        }

        for (int round = 0; round < rounds; round++)
        {
            if (Monitors.View.Leader is { } leader)
            {
                _nodes[leader.Id.Value - 1].Step(core => core.HeartbeatTimeout());
            }
            else
            {
                _nodes[round % _nodes.Length].Step(core => core.ElectionTimeout());
            }

            for (int i = 0; i < 20; i++)
            {
                while (_network.Count > 0)
                {
                    Deliver(lossy: false);
                }

                foreach (Node node in _nodes)
                {
                    node.Flush();
                    node.ApplyOne();
                }
            }
        }
    }

    private byte[] NextCommand() => Encoding.ASCII.GetBytes(((char)('a' + (_commands++ % 26))).ToString());

    private void Deliver(bool lossy)
    {
        if (_network.Count == 0)
        {
            return;
        }

        int chosen = lossy ? _random.Next(_network.Count) : 0;
        Message message = _network[chosen];
        int fate = lossy ? _random.Next(20) : 19;
        if (fate > 0)
        {
            _network.RemoveAt(chosen);
        }

        if (fate != 1)
        {
            _nodes[message.To.Value - 1].Step(core => core.Receive(message));
        }
    }

    private sealed class Node(ServerId id, ServerId[] servers, IRaftObserver observer, List<Message> network)
    {
        private readonly Queue<DurableWrite> _unwritten = new();
        private readonly Queue<OutgoingMessage> _waiting = new();
        private readonly Queue<(Snapshot? Restore, LogEntry? Entry)> _toApply = new();
        private readonly HashSet<(LogIndex Index, Term Term)> _proposed = [];
        private readonly List<LogEntry> _log = [];
        private (Term Term, ServerId Vote) _termAndVote;
        private Snapshot? _snapshot;
        private RaftCore? _core;
        private string _state = "";
        private LogIndex _applied;

        public void Start()
        {
            RaftCoreOptions options = new() { Id = id, Servers = servers, MaxSnapshotChunkBytes = 3, MaxEntriesPerAppend = 3 };
            _core = new RaftCore(options, new DurableState(_termAndVote.Term, _termAndVote.Vote, _snapshot, [.. _log]), observer);
            (_state, _applied) = ("", default);
            Step(core => core.Start());
        }

        public void StartIfDown()
        {
            if (_core is null)
            {
                Start();
            }
        }

        public void CrashOrStart(int survivingParts)
        {
            if (_core is null)
            {
                Start();
                return;
            }

            _core = null;
            Emit(RaftEventKind.Crashed);
            while (survivingParts > 0 && _unwritten.TryDequeue(out DurableWrite? write))
            {
                Write(write, ref survivingParts);
            }

            _unwritten.Clear();
            _waiting.Clear();
            _toApply.Clear();
            _proposed.Clear();
        }

        public void Step(Func<RaftCore, Effects> input)
        {
            if (_core is null)
            {
                return;
            }

            Effects effects = input(_core);
            if (effects.Write is { } write)
            {
                _unwritten.Enqueue(write);
            }

            foreach (OutgoingMessage message in effects.Messages)
            {
                if (message.After == WriteId.None)
                {
                    Send(message.Message);
                }
                else
                {
                    _waiting.Enqueue(message);
                }
            }

            if (effects.Restore is not null)
            {
                _toApply.Enqueue((effects.Restore, null));
            }

            foreach (LogEntry entry in effects.Committed)
            {
                _toApply.Enqueue((null, entry));
            }
        }

        public void Flush()
        {
            if (_core is null || !_unwritten.TryDequeue(out DurableWrite? write))
            {
                return;
            }

            int all = int.MaxValue;
            Write(write, ref all);
            while (_waiting.TryPeek(out OutgoingMessage message) && message.After.Value <= write.Id.Value)
            {
                Send(_waiting.Dequeue().Message);
            }

            Step(core => core.WriteCompleted(write.Id));
        }

        public void Propose(byte[] command)
        {
            if (_core is { Role: Role.Leader })
            {
                _proposed.Add((_core.Log.LastIndex.Next(), _core.CurrentTerm));
                Step(core => core.Propose([command]));
            }
        }

        public void ApplyOne()
        {
            if (_core is null || !_toApply.TryDequeue(out (Snapshot? Restore, LogEntry? Entry) step))
            {
                return;
            }

            if (step.Restore is { } snapshot)
            {
                (_state, _applied) = (Encoding.ASCII.GetString(snapshot.Data.Span), snapshot.LastIncludedIndex);
                Emit(RaftEventKind.Restored, _applied, snapshot.LastIncludedTerm, subject: snapshot);
                return;
            }

            LogEntry entry = step.Entry!;
            _state += Encoding.ASCII.GetString(entry.Command.Span);
            _applied = entry.Index;
            Emit(RaftEventKind.Applied, entry.Index, entry.Term, subject: entry);
            if (_proposed.Remove((entry.Index, entry.Term)))
            {
                ProposalResult result = new(entry.Term, entry.Index, Encoding.ASCII.GetBytes(_state));
                Emit(RaftEventKind.ProposalCompleted, entry.Index, entry.Term, subject: result);
            }
        }

        public void Compact()
        {
            if (_applied.Value > 0)
            {
                Step(core => core.Compact(_applied, Encoding.ASCII.GetBytes(_state)));
            }
        }

        private void Send(Message message)
        {
            Emit(RaftEventKind.MessageSent, peer: message.To, subject: message);
            network.Add(message);
        }

        private void Write(DurableWrite write, ref int parts)
        {
            if (write.TermAndVote is { } termAndVote && parts-- > 0)
            {
                _termAndVote = termAndVote;
                Emit(RaftEventKind.DiskTermAndVote, otherTerm: termAndVote.CurrentTerm, peer: termAndVote.VotedFor);
            }

            if (write.Snapshot is { } snapshot && parts-- > 0)
            {
                _snapshot = snapshot;
                if (parts-- > 0)
                {
                    _log.RemoveAll(entry => !write.KeepSuffix || entry.Index <= snapshot.LastIncludedIndex);
                    LogIndex last = _log.Count == 0 ? snapshot.LastIncludedIndex : _log[^1].Index;
                    Emit(RaftEventKind.DiskSnapshot, snapshot.LastIncludedIndex, snapshot.LastIncludedTerm, last, subject: snapshot);
                }
            }

            if (write.LogFrom is { } from && parts-- > 0)
            {
                if (_log.RemoveAll(entry => entry.Index >= from) > 0)
                {
                    Emit(RaftEventKind.DiskTruncated, from, otherIndex: from.Previous());
                }

                foreach (LogEntry entry in write.Entries.Span)
                {
                    _log.Add(entry);
                    Emit(RaftEventKind.DiskAppended, entry.Index, entry.Term, subject: entry);
                }
            }
        }

        private void Emit(
            RaftEventKind kind, LogIndex index = default, Term otherTerm = default, LogIndex otherIndex = default, ServerId peer = default, object? subject = null)
        {
            RaftEvent e = new()
            {
                Kind = kind,
                Server = id,
                Index = index,
                OtherTerm = otherTerm,
                OtherIndex = otherIndex,
                Peer = peer,
                Subject = subject,
            };
            observer.OnEvent(in e);
        }
    }
}
