using Raft.Verified.KeyValue;
using Raft.Verified.Linearizability;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>A client of the store that records every operation in a history.</summary>
/// <param name="history">The history, which all clients of a run share.</param>
/// <param name="number">The client's number in the history.</param>
/// <param name="client">The client that executes the operations.</param>
/// <param name="watch">The watch that is notified of operations and unknown outcomes; null when there is none.</param>
internal sealed class RecordingClient(History<StoreOperation, KeyValueReply> history, int number, KeyValueClient client, SessionWatch? watch = null)
{
    public Task<KeyValueReply> GetAsync(string key) => RecordAsync(new StoreOperation(null, key), () => client.GetAsync(key));

    public Task<KeyValueReply> PutAsync(string key, string value) =>
        RecordAsync(new StoreOperation(KeyValueOperation.Put, key, value), () => client.PutAsync(key, value));

    public Task<KeyValueReply> PutAsync(string key, string value, long version) =>
        RecordAsync(new StoreOperation(KeyValueOperation.PutVersion, key, value, version), () => client.PutAsync(key, value, version));

    public Task<KeyValueReply> AppendAsync(string key, string value) =>
        RecordAsync(new StoreOperation(KeyValueOperation.Append, key, value), () => client.AppendAsync(key, value));

    public Task<KeyValueReply> CompareAndSetAsync(string key, string? expected, string value) =>
        RecordAsync(new StoreOperation(KeyValueOperation.CompareAndSet, key, value, Expected: expected), () => client.CompareAndSetAsync(key, expected, value));

    // An operation whose outcome is unknown may take effect at any later time, or never.
    private async Task<KeyValueReply> RecordAsync(StoreOperation operation, Func<Task<KeyValueReply>> run)
    {
        history.Call(number, operation);
        watch?.OperationBegins();
        try
        {
            KeyValueReply reply = await run();
            if (reply.Status == KeyValueStatus.StoreFull)
            {
                // This answer depends on all keys, but a history is judged key by key. The model of the log judges the
                // answer instead.
                history.Withdraw(number);
            }
            else
            {
                history.Return(number, reply);
            }

            return reply;
        }
        catch (KeyValueOutcomeUnknownException)
        {
            watch?.OutcomeUnknown(operation.ToString());
            history.Abandon(number);
            throw;
        }
    }
}
