/* Made by "npm run openapi" from docs/api/openapi.json. */
export interface paths {
    "/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole story of a client, number, address, matter or message */
        get: {
            parameters: {
                query: {
                    /**
                     * @description A phone number in any spelling, a mail address, a name, an id, a number of a matter
                     * @example (212) 555-0142
                     */
                    q: string;
                    /** @description What `q` is; absent: whatever finds something */
                    as?: "client" | "phone" | "mail" | "matter" | "message";
                    /**
                     * @description Stories per page, and the length of each list
                     * @example 1
                     */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    /** @description Also events by which nothing changed */
                    quiet?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest stories, each with everything that came of it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "asked": {
                         *         "as": "phone",
                         *         "value": "+12125550142"
                         *       },
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-15T19:05:00Z",
                         *       "answers": [
                         *         {
                         *           "verdict": "yes",
                         *           "text": "Yes: delivered to …0142 by SMS on Thu 15 Oct 14:32 (receipt of Twilio)",
                         *           "reason": "delivered",
                         *           "when": "2026-10-15T18:32:03Z",
                         *           "until": null,
                         *           "by": null,
                         *           "code": null,
                         *           "detail": null,
                         *           "provider": "twilio",
                         *           "attempts": null,
                         *           "closed": [],
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "client": "Maria Santos",
                         *           "matter": "2026-0117",
                         *           "about": "status-update",
                         *           "channel": "sms",
                         *           "address": "+12125550142",
                         *           "messageId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *           "noticeId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e06",
                         *           "eventId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *           "deliveryId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e05"
                         *         }
                         *       ],
                         *       "clients": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "externalId": "11001",
                         *           "name": "Maria Santos",
                         *           "language": "en",
                         *           "timeZone": "America/New_York",
                         *           "preference": "SMS",
                         *           "pausedInCms": false,
                         *           "observedAt": "2026-10-15T18:31:58.204Z",
                         *           "contactPoints": [
                         *             {
                         *               "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e03",
                         *               "channel": "sms",
                         *               "address": "+12125550142",
                         *               "rank": 0,
                         *               "origin": "cms",
                         *               "suppressedAt": null,
                         *               "suppressedReason": null,
                         *               "removedAt": null,
                         *               "consents": [
                         *                 {
                         *                   "purpose": "*",
                         *                   "granted": true,
                         *                   "how": "intake form",
                         *                   "by": "cms",
                         *                   "at": "2026-09-14T13:00:00Z"
                         *                 }
                         *               ]
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "matters": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "externalId": "21001",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "number": "2026-0117",
                         *           "title": "Santos v. Acme Logistics",
                         *           "rawStatus": "Discovery",
                         *           "state": "discovery",
                         *           "previousState": "complaint_filed",
                         *           "stateEnteredAt": "2026-10-15T18:31:58.391Z",
                         *           "settlesAt": null,
                         *           "observedAt": "2026-10-15T18:31:58.204Z"
                         *         }
                         *       ],
                         *       "pauses": [],
                         *       "holds": [],
                         *       "stories": [
                         *         {
                         *           "event": {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *             "type": "matter.status_changed",
                         *             "connection": "harbor-pike-clio",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "subject": "entry:4",
                         *             "occurredAt": "2026-10-15T18:31:58.204Z",
                         *             "recordedAt": "2026-10-15T18:31:58.391Z",
                         *             "outcome": "decided",
                         *             "data": {
                         *               "from": "complaint_filed",
                         *               "to": "discovery",
                         *               "raw": "Discovery"
                         *             }
                         *           },
                         *           "status": {
                         *             "raw": "Discovery",
                         *             "from": "complaint_filed",
                         *             "to": "discovery"
                         *           },
                         *           "delivery": {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e05",
                         *             "connection": "harbor-pike-clio",
                         *             "receivedAt": "2026-10-15T18:31:58.204Z",
                         *             "model": "matter",
                         *             "repeat": false,
                         *             "state": "done",
                         *             "reason": null,
                         *             "bodyDeleted": null
                         *           },
                         *           "decisions": [
                         *             {
                         *               "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e13",
                         *               "eventId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *               "at": "2026-10-15T18:31:58.391Z",
                         *               "trigger": "event",
                         *               "configRevision": 12,
                         *               "results": [
                         *                 {
                         *                   "rule": "status-update",
                         *                   "version": 2,
                         *                   "outcome": "told",
                         *                   "values": {
                         *                     "matter.state": "discovery"
                         *                   }
                         *                 }
                         *               ]
                         *             }
                         *           ],
                         *           "notices": [
                         *             {
                         *               "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e06",
                         *               "eventId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *               "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *               "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *               "audience": "client",
                         *               "recipient": "Maria Santos",
                         *               "rule": "status-update",
                         *               "ruleVersion": 2,
                         *               "action": 0,
                         *               "purpose": "status",
                         *               "urgency": "normal",
                         *               "template": "status-update",
                         *               "state": "messaged",
                         *               "reason": null,
                         *               "gates": [
                         *                 {
                         *                   "channel": "sms",
                         *                   "gate": "paused",
                         *                   "verdict": "pass"
                         *                 },
                         *                 {
                         *                   "channel": "email",
                         *                   "gate": "preference",
                         *                   "verdict": "suppress",
                         *                   "reason": "prefers sms"
                         *                 }
                         *               ],
                         *               "dueAt": null,
                         *               "deadlineAt": null,
                         *               "createdAt": "2026-10-15T18:31:58.391Z",
                         *               "updatedAt": "2026-10-15T18:31:58.391Z",
                         *               "messages": [
                         *                 {
                         *                   "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *                   "noticeId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e06",
                         *                   "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *                   "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *                   "contactPointId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e03",
                         *                   "connection": "harbor-pike-twilio",
                         *                   "provider": "twilio",
                         *                   "channel": "sms",
                         *                   "address": "+12125550142",
                         *                   "purpose": "status",
                         *                   "urgent": false,
                         *                   "template": "status-update",
                         *                   "templateVersion": 3,
                         *                   "language": "en",
                         *                   "subject": null,
                         *                   "body": "Hello Maria, your case is now exchanging evidence with the other side.",
                         *                   "wordsDeleted": null,
                         *                   "segments": 1,
                         *                   "state": "delivered",
                         *                   "reason": null,
                         *                   "dueAt": "2026-10-15T18:31:58.391Z",
                         *                   "attemptCount": 1,
                         *                   "retryStep": 0,
                         *                   "providerMessageId": "SM5f0c9d2e01a1b2c3d4e5f60718293a4b",
                         *                   "createdAt": "2026-10-15T18:31:58.391Z",
                         *                   "sentAt": "2026-10-15T18:31:59.120Z",
                         *                   "settledAt": "2026-10-15T18:32:03Z",
                         *                   "openedAt": null,
                         *                   "machineOpenedAt": null,
                         *                   "clickedAt": null,
                         *                   "repliedAt": null,
                         *                   "attempts": [
                         *                     {
                         *                       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e08",
                         *                       "number": 1,
                         *                       "startedAt": "2026-10-15T18:31:59.120Z",
                         *                       "finishedAt": "2026-10-15T18:31:59.120Z",
                         *                       "verdict": "accepted",
                         *                       "code": null,
                         *                       "detail": null,
                         *                       "providerMessageId": "SM5f0c9d2e01a1b2c3d4e5f60718293a4b",
                         *                       "reported": "delivered",
                         *                       "absentSince": null
                         *                     }
                         *                   ],
                         *                   "receipts": [
                         *                     {
                         *                       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e09",
                         *                       "attemptId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e08",
                         *                       "kind": "delivered",
                         *                       "code": null,
                         *                       "detail": null,
                         *                       "at": "2026-10-15T18:32:03Z",
                         *                       "receivedAt": "2026-10-15T18:32:03Z",
                         *                       "providerMessageId": "SM5f0c9d2e01a1b2c3d4e5f60718293a4b"
                         *                     }
                         *                   ],
                         *                   "deadLetters": [],
                         *                   "answers": [],
                         *                   "writings": [],
                         *                   "digest": null
                         *                 }
                         *               ]
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "texts": [],
                         *       "tasks": [],
                         *       "consentChanges": [],
                         *       "quarantine": [],
                         *       "waiting": [],
                         *       "cmsCalls": [],
                         *       "cut": [],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["Trace"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People, cases and messages, by whatever somebody remembers of them */
        get: {
            parameters: {
                query: {
                    /**
                     * @description Part of a name, some digits of a number, part of an address or title, an id
                     * @example santos
                     */
                    q: string;
                    /** @description Of each kind */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What fits best first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "kind": "client",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "name": "Maria Santos",
                         *           "addresses": [
                         *             "+12125550142"
                         *           ],
                         *           "matters": [
                         *             {
                         *               "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *               "number": "2026-0117",
                         *               "title": "Santos v. Acme Logistics"
                         *             }
                         *           ]
                         *         },
                         *         {
                         *           "kind": "matter",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "number": "2026-0117",
                         *           "title": "Santos v. Acme Logistics",
                         *           "state": "discovery",
                         *           "client": "Maria Santos"
                         *         }
                         *       ],
                         *       "alike": false
                         *     }
                         */
                        "application/json": components["schemas"]["SearchResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message: was it delivered, and how it went */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The message with attempts, receipts and dead letters */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "answer": {
                         *         "verdict": "yes",
                         *         "text": "Yes: delivered to …0142 by SMS on Thu 15 Oct 14:32 (receipt of Twilio)",
                         *         "reason": "delivered",
                         *         "when": "2026-10-15T18:32:03Z",
                         *         "until": null,
                         *         "by": null,
                         *         "code": null,
                         *         "detail": null,
                         *         "provider": "twilio",
                         *         "attempts": null,
                         *         "closed": [],
                         *         "at": "2026-10-15T18:31:58.391Z",
                         *         "client": "Maria Santos",
                         *         "matter": "2026-0117",
                         *         "about": "status-update",
                         *         "channel": "sms",
                         *         "address": "+12125550142",
                         *         "messageId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *         "noticeId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e06",
                         *         "eventId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *         "deliveryId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e05"
                         *       },
                         *       "message": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *         "noticeId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e06",
                         *         "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *         "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "contactPointId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e03",
                         *         "connection": "harbor-pike-twilio",
                         *         "provider": "twilio",
                         *         "channel": "sms",
                         *         "address": "+12125550142",
                         *         "purpose": "status",
                         *         "urgent": false,
                         *         "template": "status-update",
                         *         "templateVersion": 3,
                         *         "language": "en",
                         *         "subject": null,
                         *         "body": "Hello Maria, your case is now exchanging evidence with the other side.",
                         *         "wordsDeleted": null,
                         *         "segments": 1,
                         *         "state": "delivered",
                         *         "reason": null,
                         *         "dueAt": "2026-10-15T18:31:58.391Z",
                         *         "attemptCount": 1,
                         *         "retryStep": 0,
                         *         "providerMessageId": "SM5f0c9d2e01a1b2c3d4e5f60718293a4b",
                         *         "createdAt": "2026-10-15T18:31:58.391Z",
                         *         "sentAt": "2026-10-15T18:31:59.120Z",
                         *         "settledAt": "2026-10-15T18:32:03Z",
                         *         "openedAt": null,
                         *         "machineOpenedAt": null,
                         *         "clickedAt": null,
                         *         "repliedAt": null,
                         *         "attempts": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e08",
                         *             "number": 1,
                         *             "startedAt": "2026-10-15T18:31:59.120Z",
                         *             "finishedAt": "2026-10-15T18:31:59.120Z",
                         *             "verdict": "accepted",
                         *             "code": null,
                         *             "detail": null,
                         *             "providerMessageId": "SM5f0c9d2e01a1b2c3d4e5f60718293a4b",
                         *             "reported": "delivered",
                         *             "absentSince": null
                         *           }
                         *         ],
                         *         "receipts": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e09",
                         *             "attemptId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e08",
                         *             "kind": "delivered",
                         *             "code": null,
                         *             "detail": null,
                         *             "at": "2026-10-15T18:32:03Z",
                         *             "receivedAt": "2026-10-15T18:32:03Z",
                         *             "providerMessageId": "SM5f0c9d2e01a1b2c3d4e5f60718293a4b"
                         *           }
                         *         ],
                         *         "deadLetters": [],
                         *         "answers": [],
                         *         "writings": [],
                         *         "digest": null
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["MessageStory"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One client: what is known, what holds messages to them, what waits and what comes */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As of now; each fact says when it was read */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "client": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "externalId": "11001",
                         *         "name": "Maria Santos",
                         *         "language": "en",
                         *         "timeZone": "America/New_York",
                         *         "preference": "SMS",
                         *         "pausedInCms": false,
                         *         "observedAt": "2026-10-15T18:31:58.204Z",
                         *         "contactPoints": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e03",
                         *             "channel": "sms",
                         *             "address": "+12125550142",
                         *             "rank": 0,
                         *             "origin": "cms",
                         *             "suppressedAt": null,
                         *             "suppressedReason": null,
                         *             "removedAt": null,
                         *             "consents": [
                         *               {
                         *                 "purpose": "*",
                         *                 "granted": true,
                         *                 "how": "intake form",
                         *                 "by": "cms",
                         *                 "at": "2026-09-14T13:00:00Z"
                         *               }
                         *             ]
                         *           }
                         *         ],
                         *         "type": "Person",
                         *         "facts": []
                         *       },
                         *       "matters": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "externalId": "21001",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "number": "2026-0117",
                         *           "title": "Santos v. Acme Logistics",
                         *           "rawStatus": "Discovery",
                         *           "state": "discovery",
                         *           "previousState": "complaint_filed",
                         *           "stateEnteredAt": "2026-10-15T18:31:58.391Z",
                         *           "settlesAt": null,
                         *           "observedAt": "2026-10-15T18:31:58.204Z",
                         *           "stateWords": "exchanging evidence with the other side",
                         *           "type": "Personal Injury",
                         *           "paused": false
                         *         }
                         *       ],
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-16T14:00:00Z",
                         *       "pauses": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0b",
                         *           "scope": "client",
                         *           "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "reason": "settlement talks",
                         *           "by": "Dana Whitlock",
                         *           "at": "2026-10-15T19:05:00Z",
                         *           "endsAt": null,
                         *           "name": "Maria Santos"
                         *         }
                         *       ],
                         *       "holds": [],
                         *       "tasks": [],
                         *       "deadLetters": [],
                         *       "held": [],
                         *       "quarantine": [],
                         *       "reminders": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e16",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "plan": "court-date",
                         *           "step": "week-before",
                         *           "template": "date-reminder",
                         *           "what": "Hearing on the motion to compel",
                         *           "startsAt": "2026-10-29T14:00:00Z",
                         *           "dueAt": "2026-10-22T14:00:00Z",
                         *           "zone": "America/New_York",
                         *           "zoneOf": "client",
                         *           "state": "planned",
                         *           "reason": null,
                         *           "audience": "client",
                         *           "channels": [
                         *             {
                         *               "channel": "sms",
                         *               "address": "+12125550142",
                         *               "verdict": "hold",
                         *               "reason": "client paused"
                         *             },
                         *             {
                         *               "channel": "email",
                         *               "address": null,
                         *               "verdict": "suppress",
                         *               "reason": "prefers sms"
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "dates": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e15",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "what": "Hearing on the motion to compel",
                         *           "where": "Courtroom 7B",
                         *           "startsAt": "2026-10-29T14:00:00Z",
                         *           "allDayOn": null,
                         *           "removedAt": null,
                         *           "observedAt": "2026-10-15T18:31:58.204Z"
                         *         },
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "what": "Deposition",
                         *           "where": null,
                         *           "startsAt": "2026-09-14T13:00:00Z",
                         *           "allDayOn": null,
                         *           "removedAt": null,
                         *           "observedAt": "2026-09-14T13:00:00Z"
                         *         }
                         *       ],
                         *       "cut": []
                         *     }
                         */
                        "application/json": components["schemas"]["ClientPage"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One matter: its state and how it got there, what holds messages, what waits and what comes */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As of now; each fact says when it was read */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "matter": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *         "externalId": "21001",
                         *         "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "number": "2026-0117",
                         *         "title": "Santos v. Acme Logistics",
                         *         "rawStatus": "Discovery",
                         *         "state": "discovery",
                         *         "previousState": "complaint_filed",
                         *         "stateEnteredAt": "2026-10-15T18:31:58.391Z",
                         *         "settlesAt": null,
                         *         "observedAt": "2026-10-15T18:31:58.204Z",
                         *         "stateWords": "exchanging evidence with the other side",
                         *         "type": "Personal Injury",
                         *         "pausedInCms": false,
                         *         "goneSince": null,
                         *         "people": [
                         *           {
                         *             "role": "attorney",
                         *             "name": "Dana Whitlock",
                         *             "mail": "dana.whitlock@harborpike.example"
                         *           }
                         *         ],
                         *         "facts": [
                         *           {
                         *             "name": "open_date",
                         *             "value": "2026-03-02"
                         *           }
                         *         ]
                         *       },
                         *       "client": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "externalId": "11001",
                         *         "name": "Maria Santos",
                         *         "language": "en",
                         *         "timeZone": "America/New_York",
                         *         "preference": "SMS",
                         *         "pausedInCms": false,
                         *         "observedAt": "2026-10-15T18:31:58.204Z",
                         *         "contactPoints": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e03",
                         *             "channel": "sms",
                         *             "address": "+12125550142",
                         *             "rank": 0,
                         *             "origin": "cms",
                         *             "suppressedAt": null,
                         *             "suppressedReason": null,
                         *             "removedAt": null,
                         *             "consents": [
                         *               {
                         *                 "purpose": "*",
                         *                 "granted": true,
                         *                 "how": "intake form",
                         *                 "by": "cms",
                         *                 "at": "2026-09-14T13:00:00Z"
                         *               }
                         *             ]
                         *           }
                         *         ]
                         *       },
                         *       "states": [
                         *         {
                         *           "eventId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "raw": "Discovery",
                         *           "from": "complaint_filed",
                         *           "to": "discovery",
                         *           "outcome": "decided",
                         *           "mapped": {
                         *             "by": "Dana Whitlock",
                         *             "at": "2026-09-14T13:00:00Z",
                         *             "edition": 4,
                         *             "reason": null
                         *           }
                         *         }
                         *       ],
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-16T14:00:00Z",
                         *       "pauses": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0b",
                         *           "scope": "client",
                         *           "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "reason": "settlement talks",
                         *           "by": "Dana Whitlock",
                         *           "at": "2026-10-15T19:05:00Z",
                         *           "endsAt": null,
                         *           "name": "Maria Santos"
                         *         }
                         *       ],
                         *       "holds": [],
                         *       "tasks": [],
                         *       "deadLetters": [],
                         *       "held": [],
                         *       "quarantine": [],
                         *       "reminders": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e16",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "plan": "court-date",
                         *           "step": "week-before",
                         *           "template": "date-reminder",
                         *           "what": "Hearing on the motion to compel",
                         *           "startsAt": "2026-10-29T14:00:00Z",
                         *           "dueAt": "2026-10-22T14:00:00Z",
                         *           "zone": "America/New_York",
                         *           "zoneOf": "client",
                         *           "state": "planned",
                         *           "reason": null,
                         *           "audience": "client",
                         *           "channels": [
                         *             {
                         *               "channel": "sms",
                         *               "address": "+12125550142",
                         *               "verdict": "hold",
                         *               "reason": "client paused"
                         *             },
                         *             {
                         *               "channel": "email",
                         *               "address": null,
                         *               "verdict": "suppress",
                         *               "reason": "prefers sms"
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "dates": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e15",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "what": "Hearing on the motion to compel",
                         *           "where": "Courtroom 7B",
                         *           "startsAt": "2026-10-29T14:00:00Z",
                         *           "allDayOn": null,
                         *           "removedAt": null,
                         *           "observedAt": "2026-10-15T18:31:58.204Z"
                         *         },
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "what": "Deposition",
                         *           "where": null,
                         *           "startsAt": "2026-09-14T13:00:00Z",
                         *           "allDayOn": null,
                         *           "removedAt": null,
                         *           "observedAt": "2026-09-14T13:00:00Z"
                         *         }
                         *       ],
                         *       "cut": []
                         *     }
                         */
                        "application/json": components["schemas"]["MatterPage"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything said to a client and heard from them, over all their matters */
        get: {
            parameters: {
                query?: {
                    /** @example 3 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "kind": "act",
                         *           "id": "0000000000000088213",
                         *           "at": "2026-10-15T19:05:00Z",
                         *           "matterId": null,
                         *           "matter": null,
                         *           "action": "pause.begun",
                         *           "who": "Dana Whitlock",
                         *           "reason": "settlement talks"
                         *         },
                         *         {
                         *           "kind": "state",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "raw": "Discovery",
                         *           "from": "complaint_filed",
                         *           "to": "discovery",
                         *           "outcome": "decided"
                         *         },
                         *         {
                         *           "kind": "message",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "channel": "sms",
                         *           "address": "+12125550142",
                         *           "template": "status-update",
                         *           "language": "en",
                         *           "purpose": "status",
                         *           "subject": null,
                         *           "body": "Hello Maria, your case is now exchanging evidence with the other side.",
                         *           "wordsDeleted": null,
                         *           "state": "delivered",
                         *           "reason": null,
                         *           "dueAt": "2026-10-15T18:31:58.391Z",
                         *           "sentAt": "2026-10-15T18:31:59.120Z",
                         *           "settledAt": "2026-10-15T18:32:03Z",
                         *           "openedAt": null,
                         *           "machineOpenedAt": null,
                         *           "clickedAt": null,
                         *           "repliedAt": null,
                         *           "failure": null,
                         *           "digest": null,
                         *           "written": null
                         *         }
                         *       ],
                         *       "next": "2026-10-15T18:31:58.391Z~message:0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07"
                         *     }
                         */
                        "application/json": components["schemas"]["Timeline"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matters/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything said and heard about a matter, and what was done */
        get: {
            parameters: {
                query?: {
                    /** @example 50 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "kind": "state",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "raw": "Discovery",
                         *           "from": "complaint_filed",
                         *           "to": "discovery",
                         *           "outcome": "decided"
                         *         },
                         *         {
                         *           "kind": "message",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "channel": "sms",
                         *           "address": "+12125550142",
                         *           "template": "status-update",
                         *           "language": "en",
                         *           "purpose": "status",
                         *           "subject": null,
                         *           "body": "Hello Maria, your case is now exchanging evidence with the other side.",
                         *           "wordsDeleted": null,
                         *           "state": "delivered",
                         *           "reason": null,
                         *           "dueAt": "2026-10-15T18:31:58.391Z",
                         *           "sentAt": "2026-10-15T18:31:59.120Z",
                         *           "settledAt": "2026-10-15T18:32:03Z",
                         *           "openedAt": null,
                         *           "machineOpenedAt": null,
                         *           "clickedAt": null,
                         *           "repliedAt": null,
                         *           "failure": null,
                         *           "digest": null,
                         *           "written": null
                         *         },
                         *         {
                         *           "kind": "text",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e17",
                         *           "at": "2026-10-12T20:14:07Z",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "from": "+12125550142",
                         *           "body": "Any news in my case?",
                         *           "wordsDeleted": null,
                         *           "meaning": "text",
                         *           "media": 0
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["Timeline"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matters/{id}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates that may be sent by hand about this matter, and what each still lacks */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "key": "please-call",
                         *           "describe": "Asks a client to call about something, said in a few words.",
                         *           "purpose": "status",
                         *           "variables": [
                         *             {
                         *               "path": "topic",
                         *               "words": "What it is about, as it goes on after \"about\": your medical records"
                         *             }
                         *           ],
                         *           "channels": [
                         *             {
                         *               "channel": "sms",
                         *               "lacks": []
                         *             },
                         *             {
                         *               "channel": "email",
                         *               "lacks": []
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "client": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "name": "Maria Santos"
                         *       },
                         *       "language": "en",
                         *       "preference": "SMS",
                         *       "mayOverride": true
                         *     }
                         */
                        "application/json": components["schemas"]["WritableTemplates"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matters/{id}/messages/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a message by hand would say, and which gates would hold it; nobody is told */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "template": "please-call",
                     *       "channel": "sms",
                     *       "typed": {
                     *         "topic": "your medical records"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WritePreviewRequest"];
                };
            };
            responses: {
                /** @description As of now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "verdict": "goes",
                         *       "reason": null,
                         *       "until": null,
                         *       "client": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "name": "Maria Santos"
                         *       },
                         *       "language": "en",
                         *       "channel": "sms",
                         *       "address": "+12125550142",
                         *       "subject": null,
                         *       "text": "Maria, Harbor & Pike here: please call us at (212) 555-0100 about your medical records.",
                         *       "content": null,
                         *       "segments": 1,
                         *       "problems": [],
                         *       "gates": [
                         *         {
                         *           "gate": "paused",
                         *           "verdict": "pass",
                         *           "reason": null,
                         *           "until": null,
                         *           "override": null
                         *         },
                         *         {
                         *           "gate": "opted_out",
                         *           "verdict": "pass",
                         *           "reason": null,
                         *           "until": null,
                         *           "override": null
                         *         },
                         *         {
                         *           "gate": "preference",
                         *           "verdict": "pass",
                         *           "reason": null,
                         *           "until": null,
                         *           "override": null
                         *         },
                         *         {
                         *           "gate": "contact_point",
                         *           "verdict": "pass",
                         *           "reason": null,
                         *           "until": null,
                         *           "override": null
                         *         },
                         *         {
                         *           "gate": "already_said",
                         *           "verdict": "pass",
                         *           "reason": null,
                         *           "until": null,
                         *           "override": null
                         *         },
                         *         {
                         *           "gate": "quiet_hours",
                         *           "verdict": "pass",
                         *           "reason": "client's zone America/New_York",
                         *           "until": null,
                         *           "override": null
                         *         },
                         *         {
                         *           "gate": "digest",
                         *           "verdict": "pass",
                         *           "reason": null,
                         *           "until": null,
                         *           "override": null
                         *         }
                         *       ],
                         *       "saidLast": null,
                         *       "mark": "6f1e0c4b8a7d6e5f4031223344556677"
                         *     }
                         */
                        "application/json": components["schemas"]["WritePreview"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matters/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to the client of a matter by a template, as it was looked at; the same key sends once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "key": "3f0c9a52-7d1e-4b8a-9c46-2e5d7f1a0b93",
                     *       "template": "please-call",
                     *       "channel": "sms",
                     *       "typed": {
                     *         "topic": "your medical records"
                     *       },
                     *       "mark": "6f1e0c4b8a7d6e5f4031223344556677"
                     *     }
                     */
                    "application/json": components["schemas"]["WriteRequest"];
                };
            };
            responses: {
                /** @description Written: on its way, or held */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "messageId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e18",
                         *       "state": "queued",
                         *       "reason": null,
                         *       "dueAt": "2026-10-16T14:00:00Z",
                         *       "readsFirst": false,
                         *       "repeated": false
                         *     }
                         */
                        "application/json": components["schemas"]["WriteResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much waits for people: the length of each list, exact up to 1,000 */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is open now, without what is closed to whoever asks */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "deadLetters": {
                         *         "count": 3,
                         *         "more": false
                         *       },
                         *       "held": {
                         *         "count": 1000,
                         *         "more": true
                         *       },
                         *       "tasks": {
                         *         "count": 12,
                         *         "more": false
                         *       },
                         *       "quarantine": {
                         *         "count": 1,
                         *         "more": false
                         *       },
                         *       "quality": {
                         *         "count": 41,
                         *         "more": false
                         *       },
                         *       "events": {
                         *         "count": 0,
                         *         "more": false
                         *       },
                         *       "pauses": {
                         *         "count": 1,
                         *         "more": false
                         *       },
                         *       "holds": {
                         *         "count": 0,
                         *         "more": false
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Counts"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs a person: the newest of each list, in one call */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description Of each list
                     * @example 1
                     */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Each list begins as it does by itself, and goes on there */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "deadLetters": {
                         *         "items": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a",
                         *             "attemptNumber": 1,
                         *             "cause": "refused",
                         *             "code": "30006",
                         *             "detail": "landline or unreachable carrier",
                         *             "state": "open",
                         *             "openedAt": "2026-10-15T18:31:59.120Z",
                         *             "resolvedAt": null,
                         *             "resolvedBy": null,
                         *             "resolution": null,
                         *             "messageId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *             "channel": "sms",
                         *             "address": "+12125550142",
                         *             "template": "status-update",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "client": "Maria Santos",
                         *             "firstName": "Maria",
                         *             "timeZone": "America/New_York",
                         *             "matter": "2026-0117",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *           }
                         *         ],
                         *         "next": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a"
                         *       },
                         *       "tasks": {
                         *         "items": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0c",
                         *             "kind": "forbidden_transition",
                         *             "title": "Matter 2026-0117: \"Intake\" does not follow \"Discovery\"",
                         *             "detail": "The CMS moved it to \"Intake\". The client was not told.",
                         *             "client": "Maria Santos",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "matter": "2026-0117",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *             "assignee": "staff",
                         *             "dueAt": null,
                         *             "state": "open",
                         *             "createdAt": "2026-10-15T18:31:58.391Z",
                         *             "doneAt": null,
                         *             "doneBy": null,
                         *             "matterState": {
                         *               "key": "discovery",
                         *               "label": "Discovery",
                         *               "words": {
                         *                 "en": "exchanging evidence with the other side",
                         *                 "es": "intercambiando pruebas con la otra parte"
                         *               }
                         *             }
                         *           }
                         *         ],
                         *         "next": null
                         *       },
                         *       "quarantine": {
                         *         "items": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0d",
                         *             "deliveryId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e05",
                         *             "connection": "harbor-pike-clio",
                         *             "kind": "unknown_status",
                         *             "rawStatus": "Discovry",
                         *             "detail": {
                         *               "matter": "21001",
                         *               "suggestions": [
                         *                 {
                         *                   "state": "discovery",
                         *                   "raw": "Discovery",
                         *                   "similarity": 0.6
                         *                 }
                         *               ]
                         *             },
                         *             "state": "open",
                         *             "at": "2026-10-15T18:31:58.204Z",
                         *             "resolvedAt": null,
                         *             "resolvedBy": null,
                         *             "client": "Maria Santos",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "matter": "2026-0117",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *             "suggestions": [
                         *               {
                         *                 "state": {
                         *                   "key": "discovery",
                         *                   "label": "Discovery",
                         *                   "words": {
                         *                     "en": "exchanging evidence with the other side",
                         *                     "es": "intercambiando pruebas con la otra parte"
                         *                   }
                         *                 },
                         *                 "raw": "Discovery",
                         *                 "similarity": 0.6
                         *               }
                         *             ]
                         *           }
                         *         ],
                         *         "next": null
                         *       },
                         *       "held": {
                         *         "items": [
                         *           {
                         *             "kind": "message",
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *             "since": "2026-10-15T18:31:58.391Z",
                         *             "reason": "client paused",
                         *             "until": null,
                         *             "rule": "status-update",
                         *             "template": "status-update",
                         *             "channel": "sms",
                         *             "address": "+12125550142",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "client": "Maria Santos",
                         *             "firstName": "Maria",
                         *             "timeZone": "America/New_York",
                         *             "matter": "2026-0117",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *           }
                         *         ],
                         *         "next": null
                         *       },
                         *       "quality": {
                         *         "items": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e",
                         *             "connection": "harbor-pike-clio",
                         *             "kind": "phone_unusable",
                         *             "title": "The phone number can not be used",
                         *             "advice": "Correct it here or in the CMS.",
                         *             "subject": "client",
                         *             "externalId": "11001",
                         *             "field": "phone",
                         *             "value": "212 555 01",
                         *             "reason": "is too short",
                         *             "suggestion": null,
                         *             "link": "https://app.clio.com/nc/#/contacts/11001",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "client": "Maria Santos",
                         *             "state": "open",
                         *             "firstSeenAt": "2026-09-14T13:00:00Z",
                         *             "lastSeenAt": "2026-10-15T18:31:58.204Z",
                         *             "resolvedAt": null,
                         *             "resolvedBy": null,
                         *             "resolution": null
                         *           }
                         *         ],
                         *         "next": null
                         *       },
                         *       "events": {
                         *         "items": [
                         *           {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *             "type": "document.filed",
                         *             "connection": "harbor-pike-clio",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *             "matter": "2026-0117",
                         *             "occurredAt": "2026-10-15T18:31:58.204Z",
                         *             "recordedAt": "2026-10-15T18:31:58.391Z",
                         *             "data": {
                         *               "name": "Answer to the complaint"
                         *             }
                         *           }
                         *         ],
                         *         "next": null
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Today"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said to clients, whatever became of it */
        get: {
            parameters: {
                query?: {
                    /** @example 1 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *           "at": "2026-10-15T18:31:58.391Z",
                         *           "channel": "sms",
                         *           "address": "+12125550142",
                         *           "template": "status-update",
                         *           "state": "delivered",
                         *           "reason": null,
                         *           "dueAt": "2026-10-15T18:31:58.391Z",
                         *           "sentAt": "2026-10-15T18:31:59.120Z",
                         *           "settledAt": "2026-10-15T18:32:03Z",
                         *           "openedAt": null,
                         *           "machineOpenedAt": null,
                         *           "clickedAt": null,
                         *           "repliedAt": "2026-10-15T19:05:00Z",
                         *           "client": "Maria Santos",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "matter": "2026-0117",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "timeZone": "America/New_York"
                         *         }
                         *       ],
                         *       "next": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07"
                         *     }
                         */
                        "application/json": components["schemas"]["Messages"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is paused now, by whom and why */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Every live pause */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0b",
                         *           "scope": "client",
                         *           "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "reason": "settlement talks",
                         *           "by": "Dana Whitlock",
                         *           "at": "2026-10-15T19:05:00Z",
                         *           "endsAt": null,
                         *           "name": "Maria Santos"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Pauses"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Stop everything to one client, one matter or from the whole firm, at once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "scope": "client",
                     *       "target": "(212) 555-0142",
                     *       "reason": "settlement talks"
                     *     }
                     */
                    "application/json": components["schemas"]["PauseRequest"];
                };
            };
            responses: {
                /** @description Paused: no attempt commits after this */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "pause": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0b",
                         *         "scope": "client",
                         *         "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *         "reason": "settlement talks",
                         *         "by": "Dana Whitlock",
                         *         "at": "2026-10-15T19:05:00Z",
                         *         "endsAt": null
                         *       },
                         *       "name": "Maria Santos",
                         *       "stopped": 2,
                         *       "underWay": 0
                         *     }
                         */
                        "application/json": components["schemas"]["PauseResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pauses/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift what pauses it; what was held is looked at again, and goes if it is still true */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "scope": "client",
                     *       "target": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01"
                     *     }
                     */
                    "application/json": components["schemas"]["ResumeRequest"];
                };
            };
            responses: {
                /** @description What was held */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "name": "Maria Santos",
                         *       "lifted": 1,
                         *       "held": {
                         *         "notices": 0,
                         *         "messages": 1,
                         *         "items": [
                         *           {
                         *             "kind": "message",
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *             "since": "2026-10-15T18:31:58.391Z",
                         *             "reason": "client paused",
                         *             "until": null,
                         *             "rule": "status-update",
                         *             "template": "status-update",
                         *             "channel": "sms",
                         *             "address": "+12125550142",
                         *             "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "client": "Maria Santos",
                         *             "firstName": "Maria",
                         *             "timeZone": "America/New_York",
                         *             "matter": "2026-0117",
                         *             "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *           }
                         *         ]
                         *       },
                         *       "queued": 0,
                         *       "stillPaused": [],
                         *       "pausedInCms": false
                         *     }
                         */
                        "application/json": components["schemas"]["ResumeResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a message that has not begun to leave */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "settled on the phone meanwhile"
                     *     }
                     */
                    "application/json": components["schemas"]["WithdrawRequest"];
                };
            };
            responses: {
                /** @description It does not go */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07"
                         *     }
                         */
                        "application/json": components["schemas"]["Withdrawn"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held, and why */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    /** @example Maria Santos */
                    client?: string;
                    matter?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "kind": "message",
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *           "since": "2026-10-15T18:31:58.391Z",
                         *           "reason": "client paused",
                         *           "until": null,
                         *           "rule": "status-update",
                         *           "template": "status-update",
                         *           "channel": "sms",
                         *           "address": "+12125550142",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "client": "Maria Santos",
                         *           "firstName": "Maria",
                         *           "timeZone": "America/New_York",
                         *           "matter": "2026-0117",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["Held"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that need a human */
        get: {
            parameters: {
                query?: {
                    /** @example 1 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    state?: "open" | "replayed" | "closed";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a",
                         *           "attemptNumber": 1,
                         *           "cause": "refused",
                         *           "code": "30006",
                         *           "detail": "landline or unreachable carrier",
                         *           "state": "open",
                         *           "openedAt": "2026-10-15T18:31:59.120Z",
                         *           "resolvedAt": null,
                         *           "resolvedBy": null,
                         *           "resolution": null,
                         *           "messageId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07",
                         *           "channel": "sms",
                         *           "address": "+12125550142",
                         *           "template": "status-update",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "client": "Maria Santos",
                         *           "firstName": "Maria",
                         *           "timeZone": "America/New_York",
                         *           "matter": "2026-0117",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *         }
                         *       ],
                         *       "next": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a"
                         *     }
                         */
                        "application/json": components["schemas"]["DeadLetters"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try them again, each once however often this is called */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "ids": [
                     *         "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayRequest"];
                };
            };
            responses: {
                /** @description Which were put back into the queue */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "replayed": [
                         *         "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a"
                         *       ],
                         *       "notOpen": []
                         *     }
                         */
                        "application/json": components["schemas"]["ReplayResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The client was told by other means */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "how": "called her and spoke in person"
                     *     }
                     */
                    "application/json": components["schemas"]["CloseRequest"];
                };
            };
            responses: {
                /** @description Closed */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a"
                         *     }
                         */
                        "application/json": components["schemas"]["Closed"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The phone number or mail address was wrong: send it to the right one */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "address": "(212) 555-0143"
                     *     }
                     */
                    "application/json": components["schemas"]["CorrectRequest"];
                };
            };
            responses: {
                /** @description Corrected, and on its way */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "address": "+12125550143",
                         *       "replayed": [
                         *         "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a"
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["CorrectResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came in and could not be understood */
        get: {
            parameters: {
                query?: {
                    /** @example 50 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is open, the newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0d",
                         *           "deliveryId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e05",
                         *           "connection": "harbor-pike-clio",
                         *           "kind": "unknown_status",
                         *           "rawStatus": "Discovry",
                         *           "detail": {
                         *             "matter": "21001",
                         *             "suggestions": [
                         *               {
                         *                 "state": "discovery",
                         *                 "raw": "Discovery",
                         *                 "similarity": 0.6
                         *               }
                         *             ]
                         *           },
                         *           "state": "open",
                         *           "at": "2026-10-15T18:31:58.204Z",
                         *           "resolvedAt": null,
                         *           "resolvedBy": null,
                         *           "client": "Maria Santos",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "matter": "2026-0117",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "suggestions": [
                         *             {
                         *               "state": {
                         *                 "key": "discovery",
                         *                 "label": "Discovery",
                         *                 "words": {
                         *                   "en": "exchanging evidence with the other side",
                         *                   "es": "intercambiando pruebas con la otra parte"
                         *                 }
                         *               },
                         *               "raw": "Discovery",
                         *               "similarity": 0.6
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["Quarantined"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at it again, after a fix */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "kinds": [
                     *         "unknown_status"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["QuarantineReplayRequest"];
                };
            };
            responses: {
                /** @description How many are looked at again */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "replayed": 4
                         *     }
                         */
                        "application/json": components["schemas"]["QuarantineReplayResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing shall come of it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0d */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "a test by the vendor"
                     *     }
                     */
                    "application/json": components["schemas"]["DiscardRequest"];
                };
            };
            responses: {
                /** @description Discarded */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0d"
                         *     }
                         */
                        "application/json": components["schemas"]["Closed"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Work for people at the firm */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    /** @example open */
                    state?: "open" | "done";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0c",
                         *           "kind": "forbidden_transition",
                         *           "title": "Matter 2026-0117: \"Intake\" does not follow \"Discovery\"",
                         *           "detail": "The CMS moved it to \"Intake\". The client was not told.",
                         *           "client": "Maria Santos",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "matter": "2026-0117",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "assignee": "staff",
                         *           "dueAt": null,
                         *           "state": "open",
                         *           "createdAt": "2026-10-15T18:31:58.391Z",
                         *           "doneAt": null,
                         *           "doneBy": null,
                         *           "matterState": {
                         *             "key": "discovery",
                         *             "label": "Discovery",
                         *             "words": {
                         *               "en": "exchanging evidence with the other side",
                         *               "es": "intercambiando pruebas con la otra parte"
                         *             }
                         *           }
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["Tasks"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A task is done */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0c */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0c"
                         *     }
                         */
                        "application/json": components["schemas"]["Closed"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much is due, and when it will be through */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By connection and by lane */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "estimates": [
                         *         {
                         *           "connection": "harbor-pike-twilio",
                         *           "channel": "sms",
                         *           "queued": 240,
                         *           "seconds": 240,
                         *           "throughBy": "2026-10-16T14:00:00Z",
                         *           "afterQuietHours": 31
                         *         }
                         *       ],
                         *       "lanes": [
                         *         {
                         *           "lane": "deliver",
                         *           "due": 209,
                         *           "ageSeconds": 4.2
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Queue"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that no rule handles */
        get: {
            parameters: {
                query: {
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    /** @example unhandled */
                    outcome: "unhandled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *           "type": "document.filed",
                         *           "connection": "harbor-pike-clio",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "occurredAt": "2026-10-15T18:31:58.204Z",
                         *           "recordedAt": "2026-10-15T18:31:58.391Z",
                         *           "data": {
                         *             "name": "Answer to the complaint"
                         *           }
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["UnhandledEvents"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The systems around the firm: do they let us in, and how much may we ask of them */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All that are configured, by key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "key": "harbor-pike-clio",
                         *           "kind": "clio",
                         *           "state": "connected",
                         *           "letIn": {
                         *             "at": "2026-09-14T13:00:00Z",
                         *             "by": "Dana Whitlock",
                         *             "tokenUntil": "2026-10-22T13:00:00Z"
                         *           },
                         *           "knownUntil": "2026-10-15T19:05:00Z",
                         *           "limit": {
                         *             "perWindow": 50,
                         *             "used": 3,
                         *             "windowEndsAt": "2026-10-15T19:06:00Z",
                         *             "closedUntil": null
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Connections"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{key}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the system now: does it let us in, and do its webhooks and receipts prove where they come from
         * @description The checks that `npx tipstaff doctor` makes. Nothing is sent to anybody. An answer takes up to 15 seconds.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example harbor-pike-clio */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What works and what does not */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "harbor-pike-clio",
                         *       "at": "2026-10-15T19:05:00Z",
                         *       "verdict": "works",
                         *       "findings": [
                         *         {
                         *           "what": "reach",
                         *           "status": "ok",
                         *           "detail": "clio answers",
                         *           "todo": null
                         *         },
                         *         {
                         *           "what": "webhooks",
                         *           "status": "ok",
                         *           "detail": "clio: one secret in use",
                         *           "todo": null
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["ConnectionTest"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{key}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address for the person who may let us in */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example harbor-pike-clio */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Where to send them */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "address": "https://tipstaff.example/connect/eyJmaXJtIjoi",
                         *       "addressUntil": "2026-10-15T20:05:00Z",
                         *       "authorisation": "https://app.clio.com/oauth/authorize?response_type=code&client_id=…",
                         *       "authorisationUntil": "2026-10-15T19:15:00Z"
                         *     }
                         */
                        "application/json": components["schemas"]["Invitation"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong with the firm's data */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    /** @example open */
                    state?: "open" | "fixed" | "ignored";
                    kind?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e",
                         *           "connection": "harbor-pike-clio",
                         *           "kind": "phone_unusable",
                         *           "title": "The phone number can not be used",
                         *           "advice": "Correct it here or in the CMS.",
                         *           "subject": "client",
                         *           "externalId": "11001",
                         *           "field": "phone",
                         *           "value": "212 555 01",
                         *           "reason": "is too short",
                         *           "suggestion": null,
                         *           "link": "https://app.clio.com/nc/#/contacts/11001",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "client": "Maria Santos",
                         *           "state": "open",
                         *           "firstSeenAt": "2026-09-14T13:00:00Z",
                         *           "lastSeenAt": "2026-10-15T18:31:58.204Z",
                         *           "resolvedAt": null,
                         *           "resolvedBy": null,
                         *           "resolution": null
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["QualityItems"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quality/{id}/fix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Corrected, here or in the CMS: what it held is looked at again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "address": {
                     *         "channel": "sms",
                     *         "value": "(212) 555-0142"
                     *       },
                     *       "how": "asked her"
                     *     }
                     */
                    "application/json": components["schemas"]["QualityFixRequest"];
                };
            };
            responses: {
                /** @description Fixed */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e",
                         *       "woken": 1
                         *     }
                         */
                        "application/json": components["schemas"]["QualityFixResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quality/{id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It stays as it is, and is not shown again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "she writes mails only"
                     *     }
                     */
                    "application/json": components["schemas"]["QualityIgnoreRequest"];
                };
            };
            responses: {
                /** @description Ignored */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e"
                         *     }
                         */
                        "application/json": components["schemas"]["QualityIgnored"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a client has asked for: hours of quiet, and how often to hear what is not urgent */
        get: {
            parameters: {
                query: {
                    /** @example Maria Santos */
                    client: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Their wishes */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "client": "Maria Santos",
                         *       "wishes": {
                         *         "updates": "daily"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["WishesResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Write down what a client has asked for; what waits for them is looked at again */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "client": "Maria Santos",
                     *       "quiet": [
                     *         {
                     *           "days": [
                     *             "sat",
                     *             "sun"
                     *           ]
                     *         }
                     *       ],
                     *       "updates": "weekly"
                     *     }
                     */
                    "application/json": components["schemas"]["WishesRequest"];
                };
            };
            responses: {
                /** @description Their wishes from now on */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "client": "Maria Santos",
                         *       "wishes": {
                         *         "quiet": [
                         *           {
                         *             "days": [
                         *               "sat",
                         *               "sun"
                         *             ]
                         *           }
                         *         ],
                         *         "updates": "weekly"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["WishesResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What reminders came to: confirmed, kept, missed */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description A day of the firm’s calendar; absent: the last 30 days, today included
                     * @example 2026-09-16
                     */
                    from?: string;
                    /**
                     * @description A day of the firm’s calendar; absent: the last 30 days, today included
                     * @example 2026-10-15
                     */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By type of appointment, by answer, and by step of a plan */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2026-09-16",
                         *       "to": "2026-10-15",
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-15T19:05:00Z",
                         *       "total": {
                         *         "appointments": 40,
                         *         "toCome": 3,
                         *         "reminded": 38,
                         *         "reminders": 76,
                         *         "confirmed": 25,
                         *         "anotherDate": 2,
                         *         "kept": 31,
                         *         "missed": 4,
                         *         "unknown": 2,
                         *         "missedShare": 0.11428571428571428
                         *       },
                         *       "types": [
                         *         {
                         *           "type": "Hearing",
                         *           "appointments": 40,
                         *           "toCome": 3,
                         *           "reminded": 38,
                         *           "reminders": 76,
                         *           "confirmed": 25,
                         *           "anotherDate": 2,
                         *           "kept": 31,
                         *           "missed": 4,
                         *           "unknown": 2,
                         *           "missedShare": 0.11428571428571428
                         *         }
                         *       ],
                         *       "answers": [
                         *         {
                         *           "answer": "confirmed",
                         *           "appointments": 25,
                         *           "kept": 23,
                         *           "missed": 1,
                         *           "unknown": 1,
                         *           "missedShare": 0.041666666666666664
                         *         },
                         *         {
                         *           "answer": "another_date",
                         *           "appointments": 2,
                         *           "kept": 1,
                         *           "missed": 1,
                         *           "unknown": 0,
                         *           "missedShare": 0.5
                         *         },
                         *         {
                         *           "answer": "none",
                         *           "appointments": 8,
                         *           "kept": 6,
                         *           "missed": 2,
                         *           "unknown": 0,
                         *           "missedShare": 0.25
                         *         },
                         *         {
                         *           "answer": "not_reminded",
                         *           "appointments": 2,
                         *           "kept": 1,
                         *           "missed": 0,
                         *           "unknown": 1,
                         *           "missedShare": 0
                         *         }
                         *       ],
                         *       "steps": [
                         *         {
                         *           "plan": "court-date",
                         *           "step": "week-before",
                         *           "template": "date-reminder",
                         *           "reminders": 38,
                         *           "confirmed": 7,
                         *           "anotherDate": 1,
                         *           "kept": 30,
                         *           "missed": 4,
                         *           "unknown": 1,
                         *           "missedShare": 0.11764705882352941
                         *         },
                         *         {
                         *           "plan": "court-date",
                         *           "step": "evening-before",
                         *           "template": "date-reminder",
                         *           "reminders": 38,
                         *           "confirmed": 18,
                         *           "anotherDate": 1,
                         *           "kept": 30,
                         *           "missed": 4,
                         *           "unknown": 1,
                         *           "missedShare": 0.11764705882352941
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["ReminderReport"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Appointments of reminder plans that are over, and whether the client came */
        get: {
            parameters: {
                query?: {
                    /** @description A day of the firm’s calendar; absent: the last 30 days, today included */
                    from?: string;
                    /** @description A day of the firm’s calendar; absent: the last 30 days, today included */
                    to?: string;
                    /** @example unknown */
                    outcome?: "kept" | "missed" | "unknown";
                    /** @example 1 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f",
                         *           "externalId": "31007",
                         *           "connection": "harbor-pike-clio",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "client": "Maria Santos",
                         *           "summary": "Deposition",
                         *           "type": "Deposition",
                         *           "startsAt": "2026-09-14T13:00:00Z",
                         *           "answer": "confirmed",
                         *           "outcome": "unknown",
                         *           "saidBy": null
                         *         }
                         *       ],
                         *       "next": "2026-09-14T13:00:00Z_0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f"
                         *     }
                         */
                        "application/json": components["schemas"]["PastAppointments"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/attendance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The client came, or did not; this stands over what the case management system says */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "outcome": "kept"
                     *     }
                     */
                    "application/json": components["schemas"]["AttendanceRequest"];
                };
            };
            responses: {
                /** @description Said */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f",
                         *       "startsAt": "2026-09-14T13:00:00Z",
                         *       "outcome": "kept"
                         *     }
                         */
                        "application/json": components["schemas"]["AttendanceResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages written in a period and what became of them
         * @description Each message is counted once, by the day on which it was written, in exactly one outcome. docs/guides/reports.md defines every figure.
         */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-10-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /**
                     * @description Absent: by what fits the length of the period
                     * @example month
                     */
                    by?: "day" | "week" | "month";
                    channel?: "sms" | "email";
                    purpose?: "status" | "reminder" | "conversation" | "billing" | "intake" | "marketing";
                    /** @description Key of a template */
                    template?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By period, template, channel and purpose */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2026-10-01",
                         *       "to": "2026-10-15",
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-15T19:05:00Z",
                         *       "filter": {
                         *         "channel": null,
                         *         "purpose": null,
                         *         "template": null,
                         *         "practiceArea": null
                         *       },
                         *       "by": "month",
                         *       "total": {
                         *         "messages": 248,
                         *         "outcomes": {
                         *           "delivered": 240,
                         *           "sent": 3,
                         *           "undelivered": 3,
                         *           "dead": 1,
                         *           "unknown": 0,
                         *           "under_way": 0,
                         *           "held": 1,
                         *           "in_digest": 0,
                         *           "cancelled": 0
                         *         },
                         *         "deliveredShare": 0.97165991902834,
                         *         "mails": 59,
                         *         "opened": 36,
                         *         "machineOpened": 8,
                         *         "clicked": 5,
                         *         "texts": 184,
                         *         "replied": 22,
                         *         "openedShare": 0.6101694915254238
                         *       },
                         *       "periods": [
                         *         {
                         *           "from": "2026-10-01",
                         *           "to": "2026-10-15",
                         *           "messages": 248,
                         *           "outcomes": {
                         *             "delivered": 240,
                         *             "sent": 3,
                         *             "undelivered": 3,
                         *             "dead": 1,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 1,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 0.97165991902834,
                         *           "mails": 59,
                         *           "opened": 36,
                         *           "machineOpened": 8,
                         *           "clicked": 5,
                         *           "texts": 184,
                         *           "replied": 22,
                         *           "openedShare": 0.6101694915254238
                         *         }
                         *       ],
                         *       "templates": [
                         *         {
                         *           "template": "status-update",
                         *           "messages": 210,
                         *           "outcomes": {
                         *             "delivered": 203,
                         *             "sent": 3,
                         *             "undelivered": 3,
                         *             "dead": 1,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 0,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 0.9666666666666667,
                         *           "mails": 59,
                         *           "opened": 36,
                         *           "machineOpened": 8,
                         *           "clicked": 5,
                         *           "texts": 147,
                         *           "replied": 9,
                         *           "openedShare": 0.6101694915254238
                         *         },
                         *         {
                         *           "template": "date-reminder",
                         *           "messages": 38,
                         *           "outcomes": {
                         *             "delivered": 37,
                         *             "sent": 0,
                         *             "undelivered": 0,
                         *             "dead": 0,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 1,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 1,
                         *           "mails": 0,
                         *           "opened": 0,
                         *           "machineOpened": 0,
                         *           "clicked": 0,
                         *           "texts": 37,
                         *           "replied": 13,
                         *           "openedShare": null
                         *         }
                         *       ],
                         *       "channels": [
                         *         {
                         *           "channel": "sms",
                         *           "messages": 188,
                         *           "outcomes": {
                         *             "delivered": 183,
                         *             "sent": 1,
                         *             "undelivered": 2,
                         *             "dead": 1,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 1,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 0.9786096256684492,
                         *           "mails": 0,
                         *           "opened": 0,
                         *           "machineOpened": 0,
                         *           "clicked": 0,
                         *           "texts": 184,
                         *           "replied": 22,
                         *           "openedShare": null
                         *         },
                         *         {
                         *           "channel": "email",
                         *           "messages": 60,
                         *           "outcomes": {
                         *             "delivered": 57,
                         *             "sent": 2,
                         *             "undelivered": 1,
                         *             "dead": 0,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 0,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 0.95,
                         *           "mails": 59,
                         *           "opened": 36,
                         *           "machineOpened": 8,
                         *           "clicked": 5,
                         *           "texts": 0,
                         *           "replied": 0,
                         *           "openedShare": 0.6101694915254238
                         *         }
                         *       ],
                         *       "purposes": [
                         *         {
                         *           "purpose": "status",
                         *           "messages": 210,
                         *           "outcomes": {
                         *             "delivered": 203,
                         *             "sent": 3,
                         *             "undelivered": 3,
                         *             "dead": 1,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 0,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 0.9666666666666667,
                         *           "mails": 59,
                         *           "opened": 36,
                         *           "machineOpened": 8,
                         *           "clicked": 5,
                         *           "texts": 147,
                         *           "replied": 9,
                         *           "openedShare": 0.6101694915254238
                         *         },
                         *         {
                         *           "purpose": "reminder",
                         *           "messages": 38,
                         *           "outcomes": {
                         *             "delivered": 37,
                         *             "sent": 0,
                         *             "undelivered": 0,
                         *             "dead": 0,
                         *             "unknown": 0,
                         *             "under_way": 0,
                         *             "held": 1,
                         *             "in_digest": 0,
                         *             "cancelled": 0
                         *           },
                         *           "deliveredShare": 1,
                         *           "mails": 0,
                         *           "opened": 0,
                         *           "machineOpened": 0,
                         *           "clicked": 0,
                         *           "texts": 37,
                         *           "replied": 13,
                         *           "openedShare": null
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["MessageReport"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/messages.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a table for spreadsheets
         * @description One line for each period, channel, purpose and template. UTF-8 with a byte order mark, CRLF (RFC 4180); a cell that a spreadsheet would run as a formula begins with an apostrophe.
         */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-10-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /**
                     * @description Absent: by what fits the length of the period
                     * @example month
                     */
                    by?: "day" | "week" | "month";
                    channel?: "sms" | "email";
                    purpose?: "status" | "reminder" | "conversation" | "billing" | "intake" | "marketing";
                    /** @description Key of a template */
                    template?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/messages.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All reports as one document to be printed
         * @description Definitions, tables and charts, legible in black and white.
         */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-10-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /**
                     * @description Absent: by what fits the length of the period
                     * @example month
                     */
                    by?: "day" | "week" | "month";
                    channel?: "sms" | "email";
                    purpose?: "status" | "reminder" | "conversation" | "billing" | "intake" | "marketing";
                    /** @description Key of a template */
                    template?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                    /** @example es */
                    language?: "en" | "es";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Texts from clients after a change, of those who were told and those who were not
         * @description A comparison, no proof; docs/guides/reports.md says what is counted and what is not.
         */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-08-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By whether the client was told */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2026-08-01",
                         *       "to": "2026-10-15",
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-15T19:05:00Z",
                         *       "filter": {
                         *         "channel": null,
                         *         "purpose": null,
                         *         "template": null,
                         *         "practiceArea": null
                         *       },
                         *       "until": "2026-10-08T19:05:00Z",
                         *       "days": 7,
                         *       "groups": [
                         *         {
                         *           "group": "told",
                         *           "changes": 112,
                         *           "weeks": 80,
                         *           "texts": 16,
                         *           "perHundredWeeks": 20
                         *         },
                         *         {
                         *           "group": "not_told",
                         *           "changes": 41,
                         *           "weeks": 32,
                         *           "texts": 12,
                         *           "perHundredWeeks": 37.5
                         *         },
                         *         {
                         *           "group": "before",
                         *           "changes": 112,
                         *           "weeks": 70,
                         *           "texts": 21,
                         *           "perHundredWeeks": 30
                         *         }
                         *       ],
                         *       "fewerTexts": 14
                         *     }
                         */
                        "application/json": components["schemas"]["QuestionReport"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/questions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table for spreadsheets */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-08-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/response-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How fast staff answered, and how fast a change became a delivered message
         * @description Seconds by the clock: medians, and within how many nine of ten were. Null: not so many are done yet.
         */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-10-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By kind of task, and by channel */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2026-10-01",
                         *       "to": "2026-10-15",
                         *       "zone": "America/New_York",
                         *       "at": "2026-10-15T19:05:00Z",
                         *       "filter": {
                         *         "channel": null,
                         *         "purpose": null,
                         *         "template": null,
                         *         "practiceArea": null
                         *       },
                         *       "tasks": [
                         *         {
                         *           "kind": "incoming_text",
                         *           "tasks": 18,
                         *           "done": 17,
                         *           "open": 1,
                         *           "median": 2460,
                         *           "p90": 21600
                         *         },
                         *         {
                         *           "kind": "rule",
                         *           "tasks": 6,
                         *           "done": 3,
                         *           "open": 3,
                         *           "median": 90000,
                         *           "p90": null
                         *         }
                         *       ],
                         *       "changes": [
                         *         {
                         *           "channel": "sms",
                         *           "messages": 146,
                         *           "steps": [
                         *             {
                         *               "step": "heard",
                         *               "median": 1.2,
                         *               "p90": 4.6
                         *             },
                         *             {
                         *               "step": "said",
                         *               "median": 0.9,
                         *               "p90": 43200
                         *             },
                         *             {
                         *               "step": "arrived",
                         *               "median": 3.9,
                         *               "p90": 11
                         *             },
                         *             {
                         *               "step": "whole",
                         *               "median": 6.2,
                         *               "p90": 43206
                         *             }
                         *           ]
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["ResponseReport"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/response-times.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table for spreadsheets */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The first day of the firm’s calendar; absent: 30 days to `to`
                     * @example 2026-10-01
                     */
                    from?: string;
                    /**
                     * @description The last day, included; absent: today
                     * @example 2026-10-15
                     */
                    to?: string;
                    /** @description As the case management system names it, of the matter as it is now */
                    practiceArea?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a report can be narrowed to: templates, practice areas */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description In order of the alphabet */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "templates": [
                         *         "date-reminder",
                         *         "please-call",
                         *         "status-update"
                         *       ],
                         *       "practiceAreas": [
                         *         "Personal Injury"
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["ReportChoices"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/states": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The firm's states with their matters, and statuses that fit none */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description In the order in which they are configured */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "version": 4,
                         *       "states": [
                         *         {
                         *           "key": "discovery",
                         *           "words": {
                         *             "en": "exchanging evidence with the other side",
                         *             "es": "intercambiando pruebas con la otra parte"
                         *           },
                         *           "initial": false,
                         *           "next": [
                         *             "mediation"
                         *           ],
                         *           "raw": [
                         *             "Discovery"
                         *           ],
                         *           "matters": 112
                         *         }
                         *       ],
                         *       "unknown": [
                         *         {
                         *           "raw": "Discovry",
                         *           "connection": "harbor-pike-clio",
                         *           "count": 1,
                         *           "firstAt": "2026-10-15T18:31:58.204Z",
                         *           "lastAt": "2026-10-15T18:31:58.204Z",
                         *           "suggestions": [
                         *             {
                         *               "state": "discovery",
                         *               "raw": "Discovery",
                         *               "similarity": 0.6
                         *             }
                         *           ],
                         *           "quarantined": [
                         *             "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0d"
                         *           ]
                         *         }
                         *       ],
                         *       "withoutState": 1
                         *     }
                         */
                        "application/json": components["schemas"]["FirmStates"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/states/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** From now on a status of the CMS means this state; what waited for it is looked at again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "raw": "Discovry",
                     *       "state": "discovery"
                     *     }
                     */
                    "application/json": components["schemas"]["MapStatusRequest"];
                };
            };
            responses: {
                /** @description Mapped */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "raw": "Discovry",
                         *       "state": "discovery",
                         *       "version": 5,
                         *       "changed": true
                         *     }
                         */
                        "application/json": components["schemas"]["MapStatusResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What clients are told, in every language */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "key": "status-update",
                         *           "describe": "Where the case stands",
                         *           "languages": [
                         *             "en",
                         *             "es"
                         *           ],
                         *           "channels": [
                         *             "sms"
                         *           ],
                         *           "edition": 3,
                         *           "changedAt": "2026-09-14T13:00:00Z",
                         *           "changedBy": "Dana Whitlock",
                         *           "origin": "console",
                         *           "reason": "Clients asked what \"matter\" means.",
                         *           "ahead": true,
                         *           "usedBy": [
                         *             "rule status-update"
                         *           ],
                         *           "missing": []
                         *         }
                         *       ],
                         *       "variables": [
                         *         {
                         *           "path": "client.first_name",
                         *           "words": null
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["TemplateList"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How what was said by each template was received */
        get: {
            parameters: {
                query?: {
                    /** @example 30 */
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Of messages that left in these days */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2026-09-14T13:00:00Z",
                         *       "to": "2026-10-15T19:05:00Z",
                         *       "items": [
                         *         {
                         *           "key": "status-update",
                         *           "sent": 412,
                         *           "delivered": 405,
                         *           "failed": 7,
                         *           "mails": 120,
                         *           "opened": 74,
                         *           "clicked": 11,
                         *           "replied": 18,
                         *           "hardlyOpened": false
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["TemplateRates"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template, with what it may speak of */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As it holds now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "status-update",
                         *       "describe": "Where the case stands",
                         *       "languages": [
                         *         "en",
                         *         "es"
                         *       ],
                         *       "channels": [
                         *         "sms"
                         *       ],
                         *       "edition": 3,
                         *       "changedAt": "2026-09-14T13:00:00Z",
                         *       "changedBy": "Dana Whitlock",
                         *       "origin": "console",
                         *       "reason": "Clients asked what \"matter\" means.",
                         *       "ahead": true,
                         *       "usedBy": [
                         *         "rule status-update"
                         *       ],
                         *       "missing": [],
                         *       "body": {
                         *         "key": "status-update",
                         *         "languages": {
                         *           "en": {
                         *             "sms": "Hello {{ client.first_name }}, your case is now {{ matter.state.words }}."
                         *           },
                         *           "es": {
                         *             "sms": "Hola, {{ client.first_name }}: su caso está {{ matter.state.words }}."
                         *           }
                         *         }
                         *       },
                         *       "variables": [
                         *         {
                         *           "path": "client.first_name",
                         *           "words": "what the client is called by"
                         *         }
                         *       ],
                         *       "warnings": []
                         *     }
                         */
                        "application/json": components["schemas"]["TemplateDetail"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Publish a draft: from the next message on it is what clients are told */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "body": {
                     *         "key": "status-update",
                     *         "languages": {
                     *           "en": {
                     *             "sms": "Hello {{ client.first_name }}, your case is now {{ matter.state.words }}."
                     *           },
                     *           "es": {
                     *             "sms": "Hola, {{ client.first_name }}: su caso está {{ matter.state.words }}."
                     *           }
                     *         }
                     *       },
                     *       "basedOn": 2,
                     *       "reason": "Clients asked what \"matter\" means."
                     *     }
                     */
                    "application/json": components["schemas"]["PublishTemplateRequest"];
                };
            };
            responses: {
                /** @description Published */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "status-update",
                         *       "edition": 3,
                         *       "revision": 13,
                         *       "changed": true,
                         *       "warnings": []
                         *     }
                         */
                        "application/json": components["schemas"]["PublishTemplateResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its editions, with who and why */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "edition": 3,
                         *           "changedAt": "2026-09-14T13:00:00Z",
                         *           "changedBy": "Dana Whitlock",
                         *           "origin": "console",
                         *           "reason": "Clients asked what \"matter\" means.",
                         *           "body": {
                         *             "key": "status-update",
                         *             "languages": {
                         *               "en": {
                         *                 "sms": "Hello {{ client.first_name }}, your case is now {{ matter.state.words }}."
                         *               },
                         *               "es": {
                         *                 "sms": "Hola, {{ client.first_name }}: su caso está {{ matter.state.words }}."
                         *               }
                         *             }
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["TemplateHistory"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{key}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a draft would say about a real matter, and what is wrong with it; nobody is told */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "body": {
                     *         "key": "status-update",
                     *         "languages": {
                     *           "en": {
                     *             "sms": "Hello {{ client.first_name }}, your case is now {{ matter.state.words }}."
                     *           },
                     *           "es": {
                     *             "sms": "Hola, {{ client.first_name }}: su caso está {{ matter.state.words }}."
                     *           }
                     *         }
                     *       },
                     *       "matter": "2026-0117"
                     *     }
                     */
                    "application/json": components["schemas"]["PreviewRequest"];
                };
            };
            responses: {
                /** @description In each language, on each channel */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "problems": [],
                         *       "warnings": [],
                         *       "matter": {
                         *         "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *         "name": "Santos v. Acme Logistics"
                         *       },
                         *       "messages": [
                         *         {
                         *           "language": "en",
                         *           "channel": "sms",
                         *           "rule": "status-update",
                         *           "subject": null,
                         *           "text": "Hello Maria, your case is now exchanging evidence with the other side.",
                         *           "content": null,
                         *           "segments": 1,
                         *           "problems": []
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["PreviewResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{key}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Remove a template that nothing says any more; what it said, and its history, stay */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "basedOn": 3,
                     *       "reason": "Nobody says it any more."
                     *     }
                     */
                    "application/json": components["schemas"]["RemovalRequest"];
                };
            };
            responses: {
                /** @description It is gone */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "status-update",
                         *       "edition": 4,
                         *       "revision": 14
                         *     }
                         */
                        "application/json": components["schemas"]["Removed"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules, each as a sentence and as YAML; and the names that a rule may speak of */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All that are configured, by key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "key": "status-update",
                         *           "describe": null,
                         *           "on": "matter.status_changed",
                         *           "off": false,
                         *           "sentence": {
                         *             "en": "When the status of a matter changes, tell the client “status-update”.",
                         *             "es": "Cuando cambia el estado de un asunto, decir «status-update» al cliente."
                         *           },
                         *           "yaml": "key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n",
                         *           "templates": [
                         *             "status-update"
                         *           ],
                         *           "edition": 3,
                         *           "changedAt": "2026-09-14T13:00:00Z",
                         *           "changedBy": "Dana Whitlock",
                         *           "origin": "console",
                         *           "reason": "Clients asked what \"matter\" means.",
                         *           "ahead": true
                         *         }
                         *       ],
                         *       "vocabulary": {
                         *         "states": [
                         *           {
                         *             "key": "discovery",
                         *             "words": "exchanging evidence with the other side"
                         *           }
                         *         ],
                         *         "templates": [
                         *           {
                         *             "key": "status-update",
                         *             "describe": "Where the case stands",
                         *             "variables": [
                         *               "client.first_name"
                         *             ]
                         *           }
                         *         ],
                         *         "events": [
                         *           "matter.status_changed"
                         *         ],
                         *         "digests": []
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Rules"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rule */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As it holds now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "status-update",
                         *       "describe": null,
                         *       "on": "matter.status_changed",
                         *       "off": false,
                         *       "sentence": {
                         *         "en": "When the status of a matter changes, tell the client “status-update”.",
                         *         "es": "Cuando cambia el estado de un asunto, decir «status-update» al cliente."
                         *       },
                         *       "yaml": "key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n",
                         *       "templates": [
                         *         "status-update"
                         *       ],
                         *       "edition": 3,
                         *       "changedAt": "2026-09-14T13:00:00Z",
                         *       "changedBy": "Dana Whitlock",
                         *       "origin": "console",
                         *       "reason": "Clients asked what \"matter\" means.",
                         *       "ahead": true
                         *     }
                         */
                        "application/json": components["schemas"]["Rule"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Publish a draft: from now on it is what holds, and apply calls it a conflict until it is in Git */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "yaml": "key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n",
                     *       "basedOn": 2,
                     *       "reason": "Tell every step."
                     *     }
                     */
                    "application/json": components["schemas"]["PublishRequest"];
                };
            };
            responses: {
                /** @description The edition that holds */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "status-update",
                         *       "edition": 3,
                         *       "revision": 13,
                         *       "changed": true,
                         *       "warnings": []
                         *     }
                         */
                        "application/json": components["schemas"]["Published"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every edition of a rule: who made it, when and why, and what it said */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "edition": 3,
                         *           "changedAt": "2026-09-14T13:00:00Z",
                         *           "changedBy": "Dana Whitlock",
                         *           "origin": "console",
                         *           "reason": "Clients asked what \"matter\" means.",
                         *           "yaml": "key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["ItemHistory"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{key}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What apply would say of a draft, also of a rule that is not there yet; nothing is stored */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "yaml": "key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n"
                     *     }
                     */
                    "application/json": components["schemas"]["RuleCheckRequest"];
                };
            };
            responses: {
                /** @description What is wrong with it, and its sentence */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "problems": [],
                         *       "warnings": [],
                         *       "sentence": {
                         *         "en": "When the status of a matter changes, tell the client “status-update”.",
                         *         "es": "Cuando cambia el estado de un asunto, decir «status-update» al cliente."
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["RuleCheck"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{key}/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a draft would have said of the last 30 days, and what differs; nothing is stored or sent
         * @description The newest events first, in parts: hand `next` back as `cursor` for the part before. Events, states and what had happened before are those of then; of matters and clients what was kept when it was decided. For the rest today’s values stand in, and `standIns` names them; addresses, opt-outs, preferences, templates and settings are today’s. Evidence that has come by now counts as come.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "yaml": "key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n",
                     *       "limit": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RuleTrialRequest"];
                };
            };
            responses: {
                /** @description A part of what was looked at */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 3,
                         *       "since": "2026-09-14T13:00:00Z",
                         *       "items": [
                         *         {
                         *           "difference": "sent",
                         *           "event": {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04",
                         *             "type": "matter.status_changed",
                         *             "occurredAt": "2026-10-15T18:31:58.204Z"
                         *           },
                         *           "matter": {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *             "number": "2026-0117",
                         *             "title": "Santos v. Acme Logistics"
                         *           },
                         *           "client": {
                         *             "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *             "name": "Maria Santos"
                         *           },
                         *           "before": null,
                         *           "after": {
                         *             "channel": "sms",
                         *             "template": "status-update",
                         *             "address": "+12125550142",
                         *             "language": "en",
                         *             "subject": null,
                         *             "text": "Hello Maria, your case is now exchanging evidence with the other side.",
                         *             "urgent": false,
                         *             "held": null
                         *           },
                         *           "why": {
                         *             "outcome": "no",
                         *             "reason": null
                         *           },
                         *           "message": null,
                         *           "standIns": []
                         *         }
                         *       ],
                         *       "totals": {
                         *         "sent": 1,
                         *         "unsent": 0,
                         *         "changed": 0,
                         *         "same": 14,
                         *         "problem": 0
                         *       },
                         *       "looked": 15,
                         *       "passedOver": 0,
                         *       "lookedUntil": "2026-10-15T18:31:58.204Z",
                         *       "next": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04"
                         *     }
                         */
                        "application/json": components["schemas"]["RuleTrial"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{key}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Remove a rule: from now on it says nothing; what it said, and its history, stay */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example status-update */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "basedOn": 3,
                     *       "reason": "The firm writes these by hand."
                     *     }
                     */
                    "application/json": components["schemas"]["RemovalRequest"];
                };
            };
            responses: {
                /** @description It is gone */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": "status-update",
                         *       "edition": 4,
                         *       "revision": 14
                         *     }
                         */
                        "application/json": components["schemas"]["Removed"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description You */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "name": "Dana Whitlock",
                         *       "email": "dana.whitlock@harborpike.example",
                         *       "role": "owner",
                         *       "scopes": [
                         *         "read",
                         *         "operate",
                         *         "configure",
                         *         "administer"
                         *       ],
                         *       "twoFactor": true,
                         *       "needs": null,
                         *       "firm": {
                         *         "name": "Harbor & Pike",
                         *         "timeZone": "America/New_York",
                         *         "languages": [
                         *           "en",
                         *           "es"
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who works here, who is invited, and who has left */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The earliest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e10",
                         *           "name": "Dana Whitlock",
                         *           "email": "dana.whitlock@harborpike.example",
                         *           "role": "owner",
                         *           "state": "joined",
                         *           "invitedBy": "cli:root",
                         *           "createdAt": "2026-09-14T13:00:00Z",
                         *           "inviteExpiresAt": null,
                         *           "joinedAt": "2026-09-14T13:00:00Z",
                         *           "lastSeenAt": "2026-10-15T19:05:00Z",
                         *           "signIn": {
                         *             "password": true,
                         *             "twoFactor": true,
                         *             "passkeys": 1,
                         *             "own": false
                         *           },
                         *           "walls": 0
                         *         },
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14",
                         *           "name": "Sam Ortiz",
                         *           "email": "sam.ortiz@harborpike.example",
                         *           "role": "staff",
                         *           "state": "invited",
                         *           "invitedBy": "Dana Whitlock",
                         *           "createdAt": "2026-10-15T19:05:00Z",
                         *           "inviteExpiresAt": "2026-10-22T19:05:00Z",
                         *           "joinedAt": null,
                         *           "lastSeenAt": null,
                         *           "signIn": null,
                         *           "walls": 1
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["StaffList"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Invite somebody, or invite them anew; the link of before is void then */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "name": "Sam Ortiz",
                     *       "email": "sam.ortiz@harborpike.example",
                     *       "role": "staff"
                     *     }
                     */
                    "application/json": components["schemas"]["InviteRequest"];
                };
            };
            responses: {
                /** @description The link, shown this once */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14",
                         *       "link": "https://tipstaff.example/join#Zm9yLXRoZS1leGFtcGxl",
                         *       "expiresAt": "2026-10-22T19:05:00Z",
                         *       "mailed": true
                         *     }
                         */
                        "application/json": components["schemas"]["InviteResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another link for somebody who has not joined; the one of before is void. Withdraw it: delete them */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The link, shown this once */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14",
                         *       "link": "https://tipstaff.example/join#Zm9yLXRoZS1leGFtcGxl",
                         *       "expiresAt": "2026-10-22T19:05:00Z",
                         *       "mailed": true
                         *     }
                         */
                        "application/json": components["schemas"]["InviteResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give somebody another role, from their next request on */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "role": "attorney"
                     *     }
                     */
                    "application/json": components["schemas"]["RoleRequest"];
                };
            };
            responses: {
                /** @description Given */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Somebody has left: their sessions, password and passkeys are gone at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Gone */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Their sessions end at once, and they sign in nowhere until they are let in again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Suspended */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody in again who was suspended */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Let in again */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign somebody out everywhere, at once; they may sign in again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Signed out */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/walls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which matters are closed to whom */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "matter": "2026-0117",
                         *           "staffId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14",
                         *           "name": "Sam Ortiz",
                         *           "reason": "his brother is the defendant",
                         *           "createdBy": "Dana Whitlock",
                         *           "createdAt": "2026-10-15T19:05:00Z"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Walls"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Close a matter to somebody, who then finds it nowhere */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "matter": "2026-0117",
                     *       "staffId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14",
                     *       "reason": "his brother is the defendant"
                     *     }
                     */
                    "application/json": components["schemas"]["WallRequest"];
                };
            };
            responses: {
                /** @description Closed: the id of the matter */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/walls/{staffId}/{matterId}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a matter to somebody again; why is kept in the record */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14 */
                    staffId: string;
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    matterId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "his brother is out of the case"
                     *     }
                     */
                    "application/json": components["schemas"]["WallLiftRequest"];
                };
            };
            responses: {
                /** @description Open again */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys for scripts, without the keys themselves */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The earliest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e11",
                         *           "name": "practice dashboard",
                         *           "scopes": [
                         *             "read"
                         *           ],
                         *           "createdBy": "Dana Whitlock",
                         *           "createdAt": "2026-09-14T13:00:00Z",
                         *           "expiresAt": "2027-09-14T13:00:00Z",
                         *           "lastUsedAt": "2026-10-15T19:05:00Z",
                         *           "revokedAt": null,
                         *           "state": "good"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["ApiKeys"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a key; it is shown this once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "name": "practice dashboard",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "expiresAt": "2027-09-14T13:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KeyRequest"];
                };
            };
            responses: {
                /** @description The key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e11",
                         *       "key": "tsk_shown-this-once-and-kept-as-a-hash-only-000"
                         *     }
                         */
                        "application/json": components["schemas"]["KeyResult"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key: the next request with it is refused */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Revoked */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e11"
                         *     }
                         */
                        "application/json": components["schemas"]["Named"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The record: who did what to what, the newest first
         * @description What is closed to whoever asks is left out. `mark` says up to where the record is sealed, and what the last look over all of it found.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The actor as it stands in the record; /audit/choices lists them */
                    who?: string;
                    /** @description What was done, as it stands in the record */
                    act?: string;
                    /** @description The first day that counts, of the firm’s calendar; absent: no end */
                    from?: string;
                    /** @description The last day that counts, of the firm’s calendar; absent: no end */
                    to?: string;
                    /**
                     * @description With all their matters: id, id in the CMS, name, number or address
                     * @example Maria Santos
                     */
                    client?: string;
                    /** @description Id, number, or id in the CMS */
                    matter?: string;
                    /** @example 1 */
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Entries, and how far they are proven */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "at": "2026-10-15T19:05:00Z",
                         *           "actor": "staff:0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e10",
                         *           "who": "Dana Whitlock",
                         *           "action": "pause.begun",
                         *           "subject": "client:0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "client": "Maria Santos",
                         *           "clientId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01",
                         *           "matter": "2026-0117",
                         *           "matterId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "data": {
                         *             "reason": "settlement talks"
                         *           },
                         *           "sealed": true,
                         *           "verified": false,
                         *           "raw": {
                         *             "epoch": 1,
                         *             "xid": "41207",
                         *             "seq": "88213",
                         *             "at": "2026-10-15 19:05:00+00",
                         *             "data": "{\"reason\": \"settlement talks\"}",
                         *             "leaf": "4b7f1c0e5d2a9386f1e0c4b8a7d6e5f40312233445566778899aabbccddeeff0"
                         *           }
                         *         }
                         *       ],
                         *       "next": "1.41207.88213",
                         *       "mark": {
                         *         "sealed": null,
                         *         "checked": null
                         *       }
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["AuditEntry"][];
                            next: string | null;
                            mark: components["schemas"]["RecordMark"];
                        };
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look over the whole record now: is it what was sealed, and anchored? */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What was found */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "sealed": {
                         *         "n": 1204,
                         *         "at": "2026-10-15T19:05:00Z",
                         *         "link": "9c1185a5c5e9fc54612808977ee8f548b2258d31a1b2c3d4e5f60718293a4b5c",
                         *         "keyId": "a1b2c3d4e5f60718"
                         *       },
                         *       "checked": {
                         *         "at": "2026-10-15T19:05:00Z",
                         *         "ok": true,
                         *         "n": 1204,
                         *         "sealedAt": "2026-10-15T19:05:00Z",
                         *         "entries": 88213,
                         *         "problems": []
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["RecordMark"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whoever and whatever stands in the record */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Actors with their names, and actions */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "actors": [
                         *         {
                         *           "actor": "tipstaff",
                         *           "who": "Tipstaff"
                         *         },
                         *         {
                         *           "actor": "staff:0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e10",
                         *           "who": "Dana Whitlock"
                         *         }
                         *       ],
                         *       "actions": [
                         *         "message.sent",
                         *         "pause.begun"
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["AuditChoices"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matters/{id}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * All that was said and heard in a matter, as one file that proves itself
         * @description A zip: a PDF for people, the same as JSON, the entries of the record that belong to it with what proves them, and a program that checks all of it without any network. That it was made stands in the record.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "language": "en"
                     *     }
                     */
                    "application/json": components["schemas"]["ExportRequest"];
                };
            };
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/zip": string;
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Legal holds: what is not deleted, by whom and why */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `next` of the page before */
                    cursor?: string;
                    /** @example live */
                    state?: "live" | "released";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e12",
                         *           "scope": "matter",
                         *           "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *           "target": "2026-0117",
                         *           "reason": "litigation",
                         *           "placedBy": "Dana Whitlock",
                         *           "placedAt": "2026-10-15T19:05:00Z",
                         *           "releasedAt": null,
                         *           "releasedBy": null,
                         *           "releaseReason": null
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": components["schemas"]["LegalHolds"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Keep every word of a matter, or of a client with all their matters, until this is released */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "scope": "matter",
                     *       "target": "2026-0117",
                     *       "reason": "litigation"
                     *     }
                     */
                    "application/json": components["schemas"]["HoldRequest"];
                };
            };
            responses: {
                /** @description From now on nothing of it is deleted */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e12",
                         *       "scope": "matter",
                         *       "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *       "target": "2026-0117",
                         *       "reason": "litigation",
                         *       "placedBy": "Dana Whitlock",
                         *       "placedAt": "2026-10-15T19:05:00Z",
                         *       "releasedAt": null,
                         *       "releasedBy": null,
                         *       "releaseReason": null
                         *     }
                         */
                        "application/json": components["schemas"]["LegalHold"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release a legal hold: what is old enough is deleted from then on */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e12 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "settled"
                     *     }
                     */
                    "application/json": components["schemas"]["HoldReleaseRequest"];
                };
            };
            responses: {
                /** @description Released */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e12",
                         *       "scope": "matter",
                         *       "targetId": "0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02",
                         *       "target": "2026-0117",
                         *       "reason": "litigation",
                         *       "placedBy": "Dana Whitlock",
                         *       "placedAt": "2026-10-15T19:05:00Z",
                         *       "releasedAt": "2026-10-16T14:00:00Z",
                         *       "releasedBy": "Dana Whitlock",
                         *       "releaseReason": "settled"
                         *     }
                         */
                        "application/json": components["schemas"]["LegalHold"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would be deleted now under the firm’s rules, and what is kept although it is old enough */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By rule; none: everything is kept */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "rule": "status",
                         *           "months": 24,
                         *           "before": "2024-10-15T04:00:00Z",
                         *           "messages": 310,
                         *           "texts": 0,
                         *           "webhooks": 0,
                         *           "onHold": 12,
                         *           "stillNeeded": 1
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["RetentionPlan"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long words are kept by what they were for, what is old enough now, and what will be in 30 days */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As it holds now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 3,
                         *       "changedAt": "2026-09-14T13:00:00Z",
                         *       "changedBy": "Dana Whitlock",
                         *       "origin": "console",
                         *       "reason": "Clients called about texts in the evening.",
                         *       "ahead": true,
                         *       "months": {
                         *         "status": 24,
                         *         "reminder": null,
                         *         "conversation": null,
                         *         "billing": null,
                         *         "intake": null,
                         *         "marketing": null,
                         *         "webhooks": null
                         *       },
                         *       "now": [
                         *         {
                         *           "rule": "status",
                         *           "months": 24,
                         *           "before": "2024-10-15T04:00:00Z",
                         *           "messages": 310,
                         *           "texts": 0,
                         *           "webhooks": 0,
                         *           "onHold": 12,
                         *           "stillNeeded": 1
                         *         }
                         *       ],
                         *       "soon": [
                         *         {
                         *           "rule": "status",
                         *           "months": 24,
                         *           "before": "2024-11-14T05:00:00Z",
                         *           "messages": 342,
                         *           "texts": 0,
                         *           "webhooks": 0,
                         *           "onHold": 12,
                         *           "stillNeeded": 1
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["RetentionSettings"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Publish other rules: within the hour what is old enough by them is deleted, and does not come back
         * @description Where words would go sooner than before, it takes the right to administer as well, and the name of the firm in `confirm`. What is under a legal hold stays.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "months": {
                     *         "status": 12,
                     *         "reminder": null,
                     *         "conversation": null,
                     *         "billing": null,
                     *         "intake": null,
                     *         "marketing": null,
                     *         "webhooks": null
                     *       },
                     *       "basedOn": 3,
                     *       "reason": "A year is what our insurer asks for.",
                     *       "confirm": "Harbor & Pike"
                     *     }
                     */
                    "application/json": components["schemas"]["RetentionRequest"];
                };
            };
            responses: {
                /** @description The edition that holds */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 4,
                         *       "revision": 14,
                         *       "changed": true,
                         *       "touched": 43
                         *     }
                         */
                        "application/json": components["schemas"]["SettingsPublished"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/retention/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How much would go by other rules that does not go by these; nothing is stored or deleted */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "months": {
                     *         "status": 12,
                     *         "reminder": null,
                     *         "conversation": null,
                     *         "billing": null,
                     *         "intake": null,
                     *         "marketing": null,
                     *         "webhooks": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RetentionDraft"];
                };
            };
            responses: {
                /** @description Counted over the whole firm */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "problems": [],
                         *       "shorter": true,
                         *       "items": [
                         *         {
                         *           "rule": "status",
                         *           "months": 12,
                         *           "before": "2025-10-15T04:00:00Z",
                         *           "messages": 4120,
                         *           "texts": 0,
                         *           "webhooks": 0,
                         *           "onHold": 57,
                         *           "stillNeeded": 1
                         *         }
                         *       ],
                         *       "gone": {
                         *         "messages": 3810,
                         *         "texts": 0,
                         *         "webhooks": 0
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["RetentionPreview"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When nobody is written to, the firm’s zone, how often at most, and whose days off reminders keep */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As it holds now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 3,
                         *       "changedAt": "2026-09-14T13:00:00Z",
                         *       "changedBy": "Dana Whitlock",
                         *       "origin": "console",
                         *       "reason": "Clients called about texts in the evening.",
                         *       "ahead": true,
                         *       "hours": {
                         *         "timeZone": "America/New_York",
                         *         "quietHours": {
                         *           "from": "20:00",
                         *           "until": "08:00",
                         *           "mail": false,
                         *           "urgent": "wait",
                         *           "spread": "PT10M"
                         *         },
                         *         "cap": {
                         *           "perDay": 3,
                         *           "digest": "updates"
                         *         }
                         *       },
                         *       "digests": [
                         *         "updates"
                         *       ],
                         *       "law": [
                         *         {
                         *           "key": "us-federal",
                         *           "where": "US",
                         *           "describe": "Not before 8 a.m. or after 9 p.m. where the person called is.",
                         *           "channels": [
                         *             "sms"
                         *           ],
                         *           "purposes": null,
                         *           "allowed": [
                         *             {
                         *               "days": null,
                         *               "from": "08:00",
                         *               "until": "21:00"
                         *             }
                         *           ],
                         *           "urgent": "wait",
                         *           "source": "47 CFR 64.1200(c)(1)",
                         *           "asOf": "2026-09-01"
                         *         }
                         *       ],
                         *       "plans": [
                         *         {
                         *           "key": "court-date",
                         *           "edition": 1,
                         *           "daysOff": null
                         *         },
                         *         {
                         *           "key": "office-meeting",
                         *           "edition": 1,
                         *           "daysOff": {
                         *             "country": "US",
                         *             "state": null
                         *           }
                         *         }
                         *       ],
                         *       "waiting": 31
                         *     }
                         */
                        "application/json": components["schemas"]["HoursSettings"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Publish other hours: what waits is judged anew by them, at once */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "hours": {
                     *         "timeZone": "America/New_York",
                     *         "quietHours": {
                     *           "from": "21:00",
                     *           "until": "08:00",
                     *           "mail": false,
                     *           "urgent": "wait",
                     *           "spread": "PT10M"
                     *         },
                     *         "cap": {
                     *           "perDay": 3,
                     *           "digest": "updates"
                     *         }
                     *       },
                     *       "basedOn": 3,
                     *       "reason": "Who works late reads them in the evening."
                     *     }
                     */
                    "application/json": components["schemas"]["HoursRequest"];
                };
            };
            responses: {
                /** @description The edition that holds */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 4,
                         *       "revision": 14,
                         *       "changed": true,
                         *       "touched": 43
                         *     }
                         */
                        "application/json": components["schemas"]["SettingsPublished"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/hours/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What apply would say of other hours, and what becomes of what waits for them now; nothing is stored */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "hours": {
                     *         "timeZone": "America/New_York",
                     *         "quietHours": {
                     *           "from": "21:00",
                     *           "until": "08:00",
                     *           "mail": false,
                     *           "urgent": "wait",
                     *           "spread": "PT10M"
                     *         },
                     *         "cap": {
                     *           "perDay": 3,
                     *           "digest": "updates"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HoursDraft"];
                };
            };
            responses: {
                /** @description Of messages that wait for quiet hours */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "problems": [],
                         *       "waiting": 31,
                         *       "atOnce": 6,
                         *       "sooner": 0,
                         *       "later": 0,
                         *       "same": 25
                         *     }
                         */
                        "application/json": components["schemas"]["HoursPreview"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/days-off/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Whose weekends and holidays a reminder plan keeps; its reminders are planned anew */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example office-meeting */
                    plan: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "daysOff": {
                     *         "country": "US",
                     *         "state": "NY"
                     *       },
                     *       "basedOn": 1,
                     *       "reason": "The office keeps the holidays of New York."
                     *     }
                     */
                    "application/json": components["schemas"]["DaysOffRequest"];
                };
            };
            responses: {
                /** @description The edition that holds */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 2,
                         *       "revision": 14,
                         *       "changed": true,
                         *       "touched": 43
                         *     }
                         */
                        "application/json": components["schemas"]["SettingsPublished"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This firm has no such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This firm has no such thing",
                         *       "status": 404,
                         *       "detail": "nothing is known by \"nobody\""
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed hours, zone, cap, retention or how people sign in, when and why */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The newest first; editions that changed none of them are left out */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "edition": 3,
                         *           "changedAt": "2026-09-14T13:00:00Z",
                         *           "changedBy": "Dana Whitlock",
                         *           "origin": "console",
                         *           "reason": "Clients called about texts in the evening.",
                         *           "hours": {
                         *             "timeZone": "America/New_York",
                         *             "quietHours": {
                         *               "from": "20:00",
                         *               "until": "08:00",
                         *               "mail": false,
                         *               "urgent": "wait",
                         *               "spread": "PT10M"
                         *             },
                         *             "cap": {
                         *               "perDay": 3,
                         *               "digest": "updates"
                         *             }
                         *           },
                         *           "months": {
                         *             "status": 24,
                         *             "reminder": null,
                         *             "conversation": null,
                         *             "billing": null,
                         *             "intake": null,
                         *             "marketing": null,
                         *             "webhooks": null
                         *           },
                         *           "signIn": {
                         *             "secondFactor": true,
                         *             "only": false
                         *           }
                         *         },
                         *         {
                         *           "edition": 1,
                         *           "changedAt": "2026-09-07T14:20:00Z",
                         *           "changedBy": "cli:root",
                         *           "origin": "git",
                         *           "reason": null,
                         *           "hours": {
                         *             "timeZone": "America/New_York",
                         *             "quietHours": {
                         *               "from": "21:00",
                         *               "until": "08:00",
                         *               "mail": false,
                         *               "urgent": "wait",
                         *               "spread": "PT10M"
                         *             },
                         *             "cap": {
                         *               "perDay": 3,
                         *               "digest": "updates"
                         *             }
                         *           },
                         *           "months": {
                         *             "status": 24,
                         *             "reminder": null,
                         *             "conversation": null,
                         *             "billing": null,
                         *             "intake": null,
                         *             "marketing": null,
                         *             "webhooks": null
                         *           },
                         *           "signIn": {
                         *             "secondFactor": false,
                         *             "only": false
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["SettingsHistory"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the firm asks of whoever signs in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As it holds now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 3,
                         *       "changedAt": "2026-09-14T13:00:00Z",
                         *       "changedBy": "Dana Whitlock",
                         *       "origin": "console",
                         *       "reason": "Clients called about texts in the evening.",
                         *       "ahead": true,
                         *       "rules": {
                         *         "secondFactor": true,
                         *         "only": false
                         *       },
                         *       "own": "Microsoft 365"
                         *     }
                         */
                        "application/json": components["schemas"]["SignInSettings"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Ask for a second factor, or for the firm’s own sign-in alone; it holds from everybody’s next request on
         * @description Who lacks a second factor is let no further than setting one up. Who came by anything but the firm’s own sign-in is signed out; owners never are, so that they get in when it fails.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "rules": {
                     *         "secondFactor": true,
                     *         "only": true
                     *       },
                     *       "basedOn": 3,
                     *       "reason": "Who leaves the firm is shut out in one place."
                     *     }
                     */
                    "application/json": components["schemas"]["SignInRequest"];
                };
            };
            responses: {
                /** @description The edition that holds */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "edition": 4,
                         *       "revision": 14,
                         *       "changed": true,
                         *       "touched": 43
                         *     }
                         */
                        "application/json": components["schemas"]["SettingsPublished"];
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not in a state that allows this */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "It is not open",
                         *       "status": 409
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is too large",
                         *       "status": 413,
                         *       "detail": "more than 262144 bytes"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is not JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The body is not JSON",
                         *       "status": 415
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, as it happens
         * @description Server-sent events. `hello` comes first: what is read after it is no older than what follows; `changes` names what has changed (see LiveChanges), within a second; `reset` says that what was missed can’t be told, and everything is to be read anew. With `Last-Event-ID` nothing that happened since is left out.
         */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description How long it stays open
                     * @example 3600
                     */
                    seconds?: number;
                };
                header?: {
                    "last-event-id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A stream of events; the data of `changes` is LiveChanges */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description No key, or one that is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key is not valid",
                         *       "status": 401,
                         *       "detail": "Send \"Authorization: Bearer tsk_…\"; \"tipstaff keys create\" makes one"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The key may not do this */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "This key may not do that",
                         *       "status": 403,
                         *       "detail": "it takes the scope \"operate\"; the key has: read"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is well-formed and wrong; each error says where */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "about:blank",
                         *       "title": "The request is wrong",
                         *       "status": 422,
                         *       "errors": [
                         *         {
                         *           "path": "query.limit",
                         *           "message": "Too big: expected number to be <=200"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests: `Retry-After` says when the next is let through */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                         *       "title": "Too many requests",
                         *       "status": 429,
                         *       "detail": "1200 in 60 s are let through for one key; the next in 3 s"
                         *     }
                         */
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        LiveChanges: {
            kinds: {
                [key: string]: number;
            };
            actions: {
                [key: string]: number;
            };
            subjects: string[];
            more: boolean;
        };
        Trace: {
            asked: {
                /** @enum {string} */
                as: "client" | "phone" | "mail" | "matter" | "message";
                value: string;
            };
            zone: string;
            /** Format: date-time */
            at: string;
            answers: components["schemas"]["TraceAnswer"][];
            clients: components["schemas"]["TraceClient"][];
            matters: components["schemas"]["TraceMatter"][];
            pauses: components["schemas"]["Pause"][];
            holds: components["schemas"]["LegalHold"][];
            stories: components["schemas"]["TraceStory"][];
            texts: {
                /** Format: uuid */
                id: string;
                from: string;
                to: string;
                body: string | null;
                wordsDeleted: components["schemas"]["DeletedUnderRetention"];
                media: unknown[];
                meaning: string;
                /** Format: date-time */
                receivedAt: string;
            }[];
            tasks: {
                /** Format: uuid */
                id: string;
                kind: string;
                title: string;
                detail: string;
                /** Format: uuid */
                matterId: string | null;
                /** Format: uuid */
                clientId: string | null;
                assignee: string | null;
                /** Format: date-time */
                dueAt: string | null;
                /** @enum {string} */
                state: "open" | "done";
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                doneAt: string | null;
                doneBy: string | null;
                writings: {
                    /** Format: uuid */
                    id: string;
                    connection: string;
                    /** @enum {string} */
                    kind: "communication" | "task" | "note";
                    /** @enum {string} */
                    state: "queued" | "writing" | "written" | "dead";
                    externalId: string | null;
                    /** Format: date-time */
                    writtenAt: string | null;
                    /** Format: date-time */
                    dueAt: string;
                    tries: number;
                    lastError: string | null;
                }[];
            }[];
            consentChanges: {
                /** Format: uuid */
                id: string;
                channel: string;
                address: string;
                purpose: string;
                granted: boolean;
                how: string;
                by: string;
                /** Format: date-time */
                at: string;
            }[];
            quarantine: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                deliveryId: string;
                connection: string;
                kind: string;
                rawStatus: string | null;
                detail: {
                    [key: string]: unknown;
                };
                state: string;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                resolvedAt: string | null;
                resolvedBy: string | null;
            }[];
            waiting: {
                /** Format: uuid */
                deliveryId: string;
                connection: string;
                /** Format: date-time */
                receivedAt: string;
                reason: string | null;
                tries: number;
                lastError: string | null;
                /** Format: date-time */
                nextTryAt: string | null;
            }[];
            cmsCalls: {
                /** Format: uuid */
                id: string;
                connection: string;
                /** Format: date-time */
                at: string;
                method: string;
                path: string;
                status: number | null;
                milliseconds: number;
                error: string | null;
                matterExternalId: string | null;
            }[];
            cut: string[];
            next: string | null;
        };
        TraceAnswer: {
            /** @enum {string} */
            verdict: "yes" | "sent" | "not_yet" | "no" | "unknown" | "nothing";
            text: string;
            reason: components["schemas"]["AnswerReason"];
            /** Format: date-time */
            when: string | null;
            /** Format: date-time */
            until: string | null;
            by: string | null;
            code: string | null;
            detail: string | null;
            provider: string | null;
            attempts: number | null;
            closed: {
                /** @enum {string} */
                channel: "sms" | "email";
                reason: components["schemas"]["AnswerReason"];
                detail: string | null;
            }[];
            /** Format: date-time */
            at: string;
            client: string | null;
            matter: string | null;
            about: string;
            /** @enum {string|null} */
            channel: "sms" | "email" | null;
            address: string | null;
            /** Format: uuid */
            messageId: string | null;
            /** Format: uuid */
            noticeId: string | null;
            /** Format: uuid */
            eventId: string | null;
            /** Format: uuid */
            deliveryId: string | null;
        };
        /** @enum {string} */
        AnswerReason: "delivered" | "told_by_hand" | "delivered_in_digest" | "accepted" | "never_confirmed" | "sent_in_digest" | "sending" | "queued" | "retrying" | "paused_firm" | "paused_matter" | "paused_client" | "paused_in_cms" | "pause_over" | "quiet_hours" | "waits_for_digest" | "digest_under_way" | "waits_for_evidence" | "settling" | "words_incomplete" | "held" | "status_not_mapped" | "matter_not_known" | "unreadable" | "no_mapping" | "mapping_failed" | "in_quarantine" | "cms_not_read" | "undeliverable" | "refused" | "retries_used_up" | "nobody_knows" | "no_outlet" | "ambiguous" | "opted_out" | "prefers_other" | "no_preference" | "unknown_preference" | "no_address" | "no_working_address" | "already_said" | "suppressed" | "appointment_begun" | "contact_point_lost" | "not_true_any_more" | "words_deleted" | "cancelled" | "expired" | "lost_in_digest" | "provider_silent" | "unknown_in_digest" | "unknown" | "client_confirmed" | "client_wants_another_date" | "no_rule_handles" | "unchanged" | "older_than_known" | "undone_at_once" | "step_not_allowed" | "rule_failed" | "task_instead" | "decided_before" | "no_rule_applied" | "no_rule_asked";
        TraceClient: {
            /** Format: uuid */
            id: string;
            externalId: string;
            name: string;
            language: string | null;
            timeZone: string | null;
            preference: string | null;
            pausedInCms: boolean;
            /** Format: date-time */
            observedAt: string;
            contactPoints: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                channel: "sms" | "email";
                address: string;
                rank: number;
                origin: string;
                /** Format: date-time */
                suppressedAt: string | null;
                suppressedReason: string | null;
                /** Format: date-time */
                removedAt: string | null;
                consents: {
                    purpose: string;
                    granted: boolean;
                    how: string;
                    by: string;
                    /** Format: date-time */
                    at: string;
                }[];
            }[];
        };
        TraceMatter: {
            /** Format: uuid */
            id: string;
            externalId: string;
            /** Format: uuid */
            clientId: string | null;
            number: string | null;
            title: string | null;
            rawStatus: string | null;
            state: string | null;
            previousState: string | null;
            /** Format: date-time */
            stateEnteredAt: string | null;
            /** Format: date-time */
            settlesAt: string | null;
            /** Format: date-time */
            observedAt: string;
        };
        Pause: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            scope: "firm" | "matter" | "client";
            /** Format: uuid */
            targetId: string;
            reason: string;
            by: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            endsAt: string | null;
        };
        LegalHold: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            scope: "matter" | "client";
            /** Format: uuid */
            targetId: string;
            target: string;
            reason: string;
            placedBy: string;
            /** Format: date-time */
            placedAt: string;
            /** Format: date-time */
            releasedAt: string | null;
            releasedBy: string | null;
            releaseReason: string | null;
        };
        TraceStory: {
            event: {
                /** Format: uuid */
                id: string;
                type: string;
                connection: string;
                /** Format: uuid */
                matterId: string | null;
                /** Format: uuid */
                clientId: string | null;
                subject: string;
                /** Format: date-time */
                occurredAt: string;
                /** Format: date-time */
                recordedAt: string;
                outcome: string;
                data: {
                    [key: string]: unknown;
                };
            };
            status: {
                raw: string | null;
                from: string | null;
                to: string | null;
            } | null;
            delivery: {
                /** Format: uuid */
                id: string;
                connection: string;
                /** Format: date-time */
                receivedAt: string;
                model: string | null;
                repeat: boolean;
                state: string;
                reason: string | null;
                bodyDeleted: components["schemas"]["DeletedUnderRetention"];
            } | null;
            decisions: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                eventId: string;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                trigger: "event" | "release" | "replay";
                configRevision: number;
                results: {
                    rule: string;
                    version: number;
                    outcome: string;
                    reason?: string;
                    values: {
                        [key: string]: unknown;
                    };
                    evidence?: {
                        [key: string]: boolean;
                    };
                }[];
            }[];
            notices: components["schemas"]["TraceNotice"][];
        };
        DeletedUnderRetention: {
            /** Format: date-time */
            at: string;
            rule: string;
            hash: string | null;
        } | null;
        TraceNotice: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            eventId: string;
            /** Format: uuid */
            matterId: string | null;
            /** Format: uuid */
            clientId: string | null;
            /** @enum {string} */
            audience: "client" | "participants" | "attorney";
            recipient: string | null;
            rule: string;
            ruleVersion: number;
            action: number;
            purpose: string;
            urgency: string;
            template: string;
            state: string;
            reason: string | null;
            gates: {
                /** @enum {string} */
                channel: "sms" | "email";
                gate: string;
                /** @enum {string} */
                verdict: "pass" | "hold" | "suppress";
                reason?: string;
                /** Format: date-time */
                until?: string;
            }[];
            /** Format: date-time */
            dueAt: string | null;
            /** Format: date-time */
            deadlineAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            messages: components["schemas"]["TraceMessage"][];
        };
        TraceMessage: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            noticeId: string;
            /** Format: uuid */
            matterId: string | null;
            /** Format: uuid */
            clientId: string;
            /** Format: uuid */
            contactPointId: string;
            connection: string;
            provider: string;
            /** @enum {string} */
            channel: "sms" | "email";
            address: string;
            purpose: string;
            urgent: boolean;
            template: string;
            templateVersion: number;
            language: string;
            subject: string | null;
            body: string | null;
            wordsDeleted: components["schemas"]["DeletedUnderRetention"];
            segments: number | null;
            state: string;
            reason: string | null;
            /** Format: date-time */
            dueAt: string;
            attemptCount: number;
            retryStep: number;
            providerMessageId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            sentAt: string | null;
            /** Format: date-time */
            settledAt: string | null;
            /** Format: date-time */
            openedAt: string | null;
            /** Format: date-time */
            machineOpenedAt: string | null;
            /** Format: date-time */
            clickedAt: string | null;
            /** Format: date-time */
            repliedAt: string | null;
            attempts: {
                /** Format: uuid */
                id: string;
                number: number;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                finishedAt: string | null;
                verdict: string | null;
                code: string | null;
                detail: string | null;
                providerMessageId: string | null;
                reported: string | null;
                /** Format: date-time */
                absentSince: string | null;
            }[];
            receipts: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                attemptId: string | null;
                kind: string;
                code: string | null;
                detail: string | null;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                receivedAt: string;
                providerMessageId: string | null;
            }[];
            deadLetters: {
                /** Format: uuid */
                id: string;
                attemptNumber: number;
                cause: string;
                code: string | null;
                detail: string;
                /** @enum {string} */
                state: "open" | "replayed" | "closed";
                /** Format: date-time */
                openedAt: string;
                /** Format: date-time */
                resolvedAt: string | null;
                resolvedBy: string | null;
                resolution: string | null;
            }[];
            answers: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                answer: "confirmed" | "another_date";
                counts: boolean;
                /** Format: date-time */
                at: string;
                /** Format: uuid */
                textId: string;
            }[];
            writings: {
                /** Format: uuid */
                id: string;
                connection: string;
                /** @enum {string} */
                kind: "communication" | "task" | "note";
                /** @enum {string} */
                state: "queued" | "writing" | "written" | "dead";
                externalId: string | null;
                /** Format: date-time */
                writtenAt: string | null;
                /** Format: date-time */
                dueAt: string;
                tries: number;
                lastError: string | null;
            }[];
            digest: {
                /** Format: uuid */
                id: string;
                key: string;
                /** @enum {string} */
                state: "open" | "closed";
                /** Format: date-time */
                dueAt: string;
                message: {
                    /** Format: uuid */
                    id: string;
                    state: string;
                    /** Format: date-time */
                    sentAt: string | null;
                    /** Format: date-time */
                    settledAt: string | null;
                } | null;
            } | null;
        };
        /** @description What went wrong (RFC 9457) */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
            errors?: {
                path: string;
                message: string;
                line?: number;
                column?: number;
            }[];
            candidates?: components["schemas"]["Candidate"][];
        };
        Candidate: {
            /** @enum {string} */
            as: "client" | "matter";
            /** Format: uuid */
            id: string;
            label: string;
        };
        SearchResult: {
            items: components["schemas"]["Found"][];
            alike: boolean;
        };
        Found: {
            /** @enum {string} */
            kind: "client";
            /** Format: uuid */
            id: string;
            name: string;
            addresses: string[];
            matters: {
                /** Format: uuid */
                id: string;
                number: string | null;
                title: string | null;
            }[];
        } | {
            /** @enum {string} */
            kind: "matter";
            /** Format: uuid */
            id: string;
            number: string | null;
            title: string | null;
            state: string | null;
            client: string | null;
        } | {
            /** @enum {string} */
            kind: "message";
            /** Format: uuid */
            id: string;
            channel: string;
            state: string;
            client: string | null;
        };
        MessageStory: {
            answer: components["schemas"]["TraceAnswer"];
            message: components["schemas"]["TraceMessage"];
        };
        ClientPage: {
            client: {
                /** Format: uuid */
                id: string;
                externalId: string;
                name: string;
                language: string | null;
                timeZone: string | null;
                preference: string | null;
                pausedInCms: boolean;
                /** Format: date-time */
                observedAt: string;
                contactPoints: {
                    /** Format: uuid */
                    id: string;
                    /** @enum {string} */
                    channel: "sms" | "email";
                    address: string;
                    rank: number;
                    origin: string;
                    /** Format: date-time */
                    suppressedAt: string | null;
                    suppressedReason: string | null;
                    /** Format: date-time */
                    removedAt: string | null;
                    consents: {
                        purpose: string;
                        granted: boolean;
                        how: string;
                        by: string;
                        /** Format: date-time */
                        at: string;
                    }[];
                }[];
                type: string | null;
                facts: components["schemas"]["CmsFact"][];
            };
            matters: components["schemas"]["MatterOfClient"][];
            zone: string;
            /** Format: date-time */
            at: string;
            pauses: components["schemas"]["NamedPause"][];
            holds: components["schemas"]["LegalHold"][];
            tasks: components["schemas"]["Task"][];
            deadLetters: components["schemas"]["DeadLetter"][];
            held: components["schemas"]["HeldItem"][];
            quarantine: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                deliveryId: string;
                connection: string;
                kind: string;
                rawStatus: string | null;
                detail: {
                    [key: string]: unknown;
                };
                state: string;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                resolvedAt: string | null;
                resolvedBy: string | null;
            }[];
            reminders: components["schemas"]["UpcomingReminder"][];
            dates: components["schemas"]["HeldDate"][];
            cut: string[];
        };
        CmsFact: {
            name: string;
            value: string;
        };
        MatterOfClient: {
            /** Format: uuid */
            id: string;
            externalId: string;
            /** Format: uuid */
            clientId: string | null;
            number: string | null;
            title: string | null;
            rawStatus: string | null;
            state: string | null;
            previousState: string | null;
            /** Format: date-time */
            stateEnteredAt: string | null;
            /** Format: date-time */
            settlesAt: string | null;
            /** Format: date-time */
            observedAt: string;
            stateWords: string | null;
            type: string | null;
            paused: boolean;
        };
        NamedPause: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            scope: "firm" | "matter" | "client";
            /** Format: uuid */
            targetId: string;
            reason: string;
            by: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            endsAt: string | null;
            name: string;
        };
        Task: {
            /** Format: uuid */
            id: string;
            kind: string;
            title: string;
            detail: string;
            /** Format: uuid */
            matterId: string | null;
            /** Format: uuid */
            clientId: string | null;
            assignee: string | null;
            /** Format: date-time */
            dueAt: string | null;
            /** @enum {string} */
            state: "open" | "done";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            doneAt: string | null;
            doneBy: string | null;
            client: string | null;
            matter: string | null;
            matterState: components["schemas"]["NamedState"] | null;
        };
        NamedState: {
            key: string;
            label: string;
            words: {
                [key: string]: string;
            };
        };
        DeadLetter: {
            /** Format: uuid */
            id: string;
            attemptNumber: number;
            cause: string;
            code: string | null;
            detail: string;
            /** @enum {string} */
            state: "open" | "replayed" | "closed";
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            resolvedAt: string | null;
            resolvedBy: string | null;
            resolution: string | null;
            /** Format: uuid */
            messageId: string;
            /** @enum {string} */
            channel: "sms" | "email";
            address: string;
            template: string;
            /** Format: uuid */
            clientId: string;
            client: string | null;
            firstName: string | null;
            timeZone: string | null;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
        };
        HeldItem: {
            /** @enum {string} */
            kind: "notice" | "message";
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            since: string;
            reason: string | null;
            /** Format: date-time */
            until: string | null;
            rule: string;
            template: string;
            /** @enum {string|null} */
            channel: "sms" | "email" | null;
            address: string | null;
            /** Format: uuid */
            clientId: string | null;
            client: string | null;
            firstName: string | null;
            timeZone: string | null;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
        };
        UpcomingReminder: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            matterId: string;
            matter: string;
            plan: string;
            step: string;
            template: string | null;
            what: string | null;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            dueAt: string;
            zone: string;
            /** @enum {string} */
            zoneOf: "client" | "firm";
            /** @enum {string} */
            state: "planned" | "checking";
            reason: string | null;
            /** @enum {string} */
            audience: "client" | "participants" | "attorney";
            channels: {
                /** @enum {string} */
                channel: "sms" | "email";
                address: string | null;
                /** @enum {string} */
                verdict: "pass" | "hold" | "suppress";
                reason: string | null;
            }[];
        };
        HeldDate: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            matterId: string;
            matter: string;
            what: string | null;
            where: string | null;
            /** Format: date-time */
            startsAt: string | null;
            /** Format: date */
            allDayOn: string | null;
            /** Format: date-time */
            removedAt: string | null;
            /** Format: date-time */
            observedAt: string;
        };
        MatterPage: {
            matter: {
                /** Format: uuid */
                id: string;
                externalId: string;
                /** Format: uuid */
                clientId: string | null;
                number: string | null;
                title: string | null;
                rawStatus: string | null;
                state: string | null;
                previousState: string | null;
                /** Format: date-time */
                stateEnteredAt: string | null;
                /** Format: date-time */
                settlesAt: string | null;
                /** Format: date-time */
                observedAt: string;
                stateWords: string | null;
                type: string | null;
                pausedInCms: boolean;
                /** Format: date-time */
                goneSince: string | null;
                people: components["schemas"]["InCharge"][];
                facts: components["schemas"]["CmsFact"][];
            };
            client: components["schemas"]["TraceClient"] | null;
            states: components["schemas"]["StateStep"][];
            zone: string;
            /** Format: date-time */
            at: string;
            pauses: components["schemas"]["NamedPause"][];
            holds: components["schemas"]["LegalHold"][];
            tasks: components["schemas"]["Task"][];
            deadLetters: components["schemas"]["DeadLetter"][];
            held: components["schemas"]["HeldItem"][];
            quarantine: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                deliveryId: string;
                connection: string;
                kind: string;
                rawStatus: string | null;
                detail: {
                    [key: string]: unknown;
                };
                state: string;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                resolvedAt: string | null;
                resolvedBy: string | null;
            }[];
            reminders: components["schemas"]["UpcomingReminder"][];
            dates: components["schemas"]["HeldDate"][];
            cut: string[];
        };
        InCharge: {
            role: string;
            name: string;
            mail: string | null;
        };
        StateStep: {
            /** Format: uuid */
            eventId: string;
            /** Format: date-time */
            at: string;
            raw: string | null;
            from: string | null;
            to: string | null;
            outcome: string;
            mapped: {
                by: string;
                /** Format: date-time */
                at: string;
                edition: number;
                reason: string | null;
            } | null;
        };
        Timeline: {
            items: components["schemas"]["TimelineItem"][];
            next: string | null;
        };
        TimelineItem: {
            /** @enum {string} */
            kind: "message";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            /** @enum {string} */
            channel: "sms" | "email";
            address: string;
            template: string;
            language: string;
            purpose: string;
            subject: string | null;
            body: string | null;
            wordsDeleted: components["schemas"]["DeletedUnderRetention"];
            state: string;
            reason: string | null;
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            sentAt: string | null;
            /** Format: date-time */
            settledAt: string | null;
            /** Format: date-time */
            openedAt: string | null;
            /** Format: date-time */
            machineOpenedAt: string | null;
            /** Format: date-time */
            clickedAt: string | null;
            /** Format: date-time */
            repliedAt: string | null;
            failure: {
                code: string | null;
                detail: string | null;
                resolvedBy: string | null;
                resolution: string | null;
            } | null;
            digest: string | null;
            written: components["schemas"]["WrittenBy"] | null;
        } | {
            /** @enum {string} */
            kind: "text";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            from: string;
            body: string | null;
            wordsDeleted: components["schemas"]["DeletedUnderRetention"];
            meaning: string;
            media: number;
        } | {
            /** @enum {string} */
            kind: "notice";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            /** Format: uuid */
            eventId: string;
            rule: string;
            template: string;
            state: string;
            reason: string | null;
            /** Format: date-time */
            dueAt: string | null;
            /** @enum {string} */
            audience: "client" | "participants" | "attorney";
            recipient: string | null;
        } | {
            /** @enum {string} */
            kind: "reminder";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            plan: string;
            step: string;
            what: string | null;
            /** Format: date-time */
            startsAt: string;
            /** @enum {string} */
            state: "skipped" | "superseded";
            reason: string | null;
            /** @enum {string} */
            audience: "client" | "participants" | "attorney";
        } | {
            /** @enum {string} */
            kind: "state";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            raw: string | null;
            from: string | null;
            to: string | null;
            outcome: string;
        } | {
            /** @enum {string} */
            kind: "consent";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            /** @enum {string} */
            channel: "sms" | "email";
            address: string;
            purpose: string;
            granted: boolean;
            how: string;
            by: string;
        } | {
            /** @enum {string} */
            kind: "task";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            title: string;
            /** @enum {string} */
            state: "open" | "done";
            /** Format: date-time */
            doneAt: string | null;
            doneBy: string | null;
        } | {
            /** @enum {string} */
            kind: "act";
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            action: string;
            who: string;
            reason: string | null;
        };
        WrittenBy: {
            by: string;
            overrides: ("quiet_hours" | "cap")[];
            reason: string | null;
        };
        WritableTemplates: {
            items: components["schemas"]["WritableTemplate"][];
            client: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            language: string;
            preference: string | null;
            mayOverride: boolean;
        };
        WritableTemplate: {
            key: string;
            describe: string | null;
            purpose: string;
            variables: {
                path: string;
                words: string;
            }[];
            channels: {
                /** @enum {string} */
                channel: "sms" | "email";
                lacks: string[];
            }[];
        };
        WritePreview: {
            /** @enum {string} */
            verdict: "goes" | "waits" | "refused" | "incomplete";
            reason: string | null;
            /** Format: date-time */
            until: string | null;
            client: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            language: string;
            /** @enum {string} */
            channel: "sms" | "email";
            address: string | null;
            subject: string | null;
            text: string | null;
            content: string | null;
            segments: number | null;
            problems: string[];
            gates: components["schemas"]["LookedGate"][];
            /** Format: date-time */
            saidLast: string | null;
            mark: string | null;
        };
        LookedGate: {
            gate: string;
            /** @enum {string} */
            verdict: "pass" | "hold" | "suppress";
            reason: string | null;
            /** Format: date-time */
            until: string | null;
            override: components["schemas"]["Overridable"] | null;
        };
        /** @enum {string} */
        Overridable: "quiet_hours" | "cap";
        WritePreviewRequest: {
            template: string;
            /** @enum {string} */
            channel: "sms" | "email";
            /** @default {} */
            typed: {
                [key: string]: string;
            };
            /** @default [] */
            overrides: components["schemas"]["Overridable"][];
        };
        WriteResult: {
            /** Format: uuid */
            messageId: string;
            state: string;
            reason: string | null;
            /** Format: date-time */
            dueAt: string | null;
            readsFirst: boolean;
            repeated: boolean;
        };
        WriteRequest: {
            /** Format: uuid */
            key: string;
            template: string;
            /** @enum {string} */
            channel: "sms" | "email";
            /** @default {} */
            typed: {
                [key: string]: string;
            };
            mark: string;
            /** @default [] */
            overrides: components["schemas"]["Overridable"][];
            reason?: string;
        };
        Counts: {
            deadLetters: components["schemas"]["Counted"];
            held: components["schemas"]["Counted"];
            tasks: components["schemas"]["Counted"];
            quarantine: components["schemas"]["Counted"];
            quality: components["schemas"]["Counted"];
            events: components["schemas"]["Counted"];
            pauses: components["schemas"]["Counted"];
            holds: components["schemas"]["Counted"];
        };
        Counted: {
            count: number;
            more: boolean;
        };
        Today: {
            deadLetters: components["schemas"]["DeadLetters"];
            tasks: components["schemas"]["Tasks"];
            quarantine: components["schemas"]["Quarantined"];
            held: components["schemas"]["Held"];
            quality: components["schemas"]["QualityItems"];
            events: components["schemas"]["UnhandledEvents"];
        };
        DeadLetters: {
            items: components["schemas"]["DeadLetter"][];
            next: string | null;
        };
        Tasks: {
            items: components["schemas"]["Task"][];
            next: string | null;
        };
        Quarantined: {
            items: components["schemas"]["QuarantineItem"][];
            next: string | null;
        };
        QuarantineItem: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            deliveryId: string;
            connection: string;
            kind: string;
            rawStatus: string | null;
            detail: {
                [key: string]: unknown;
            };
            state: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            resolvedAt: string | null;
            resolvedBy: string | null;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            /** Format: uuid */
            clientId: string | null;
            client: string | null;
            suggestions: {
                state: components["schemas"]["NamedState"];
                raw: string;
                similarity: number;
            }[];
        };
        Held: {
            items: components["schemas"]["HeldItem"][];
            next: string | null;
        };
        QualityItems: {
            items: components["schemas"]["QualityItem"][];
            next: string | null;
        };
        QualityItem: {
            /** Format: uuid */
            id: string;
            connection: string;
            kind: string;
            title: string;
            advice: string;
            /** @enum {string} */
            subject: "client" | "matter" | "appointment" | "document" | "bill" | "status";
            externalId: string;
            field: string;
            value: string | null;
            reason: string;
            suggestion: string | null;
            link: string | null;
            /** Format: uuid */
            clientId: string | null;
            client: string | null;
            /** @enum {string} */
            state: "open" | "fixed" | "ignored";
            /** Format: date-time */
            firstSeenAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            resolvedAt: string | null;
            resolvedBy: string | null;
            resolution: string | null;
        };
        UnhandledEvents: {
            items: components["schemas"]["UnhandledEvent"][];
            next: string | null;
        };
        UnhandledEvent: {
            /** Format: uuid */
            id: string;
            type: string;
            connection: string;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            recordedAt: string;
            data: {
                [key: string]: unknown;
            };
        };
        Messages: {
            items: components["schemas"]["ListedMessage"][];
            next: string | null;
        };
        ListedMessage: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            channel: "sms" | "email";
            address: string;
            template: string;
            state: string;
            reason: string | null;
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            sentAt: string | null;
            /** Format: date-time */
            settledAt: string | null;
            /** Format: date-time */
            openedAt: string | null;
            /** Format: date-time */
            machineOpenedAt: string | null;
            /** Format: date-time */
            clickedAt: string | null;
            /** Format: date-time */
            repliedAt: string | null;
            /** Format: uuid */
            clientId: string;
            client: string | null;
            timeZone: string | null;
            /** Format: uuid */
            matterId: string | null;
            matter: string | null;
        };
        Pauses: {
            items: components["schemas"]["NamedPause"][];
        };
        PauseResult: {
            pause: components["schemas"]["Pause"];
            name: string;
            stopped: number;
            underWay: number;
        };
        PauseRequest: {
            /** @enum {string} */
            scope: "firm" | "matter" | "client";
            target?: string;
            reason: string;
            /** Format: date-time */
            endsAt?: string;
        };
        ResumeResult: {
            name: string;
            lifted: number;
            held: {
                notices: number;
                messages: number;
                items: components["schemas"]["HeldItem"][];
            };
            queued: number;
            stillPaused: components["schemas"]["Pause"][];
            pausedInCms: boolean;
        };
        ResumeRequest: {
            /** @enum {string} */
            scope: "firm" | "matter" | "client";
            target?: string;
        };
        Withdrawn: {
            /** Format: uuid */
            id: string;
        };
        WithdrawRequest: {
            reason: string;
        };
        ReplayResult: {
            replayed: string[];
            notOpen: string[];
        };
        ReplayRequest: {
            ids: string[];
        } | {
            /** @enum {boolean} */
            all: true;
        };
        Closed: {
            /** Format: uuid */
            id: string;
        };
        CloseRequest: {
            how: string;
        };
        CorrectResult: {
            address: string;
            replayed: string[];
        };
        CorrectRequest: {
            address: string;
        };
        QuarantineReplayResult: {
            replayed: number;
        };
        QuarantineReplayRequest: {
            ids: string[];
        } | {
            kinds: ("unreadable" | "unmapped" | "unknown_status" | "no_matter" | "mapping_error" | "drift")[];
        } | {
            /** @enum {boolean} */
            all: true;
        };
        DiscardRequest: {
            reason: string;
        };
        Queue: {
            estimates: {
                connection: string;
                /** @enum {string} */
                channel: "sms" | "email";
                queued: number;
                seconds: number | null;
                /** Format: date-time */
                throughBy: string | null;
                afterQuietHours: number;
            }[];
            lanes: {
                lane: string;
                due: number;
                ageSeconds: number;
            }[];
        };
        Connections: {
            items: components["schemas"]["Connection"][];
        };
        Connection: {
            key: string;
            kind: string;
            /** @enum {string} */
            state: "connected" | "needs_person" | "broken";
            letIn: {
                /** Format: date-time */
                at: string;
                by: string;
                /** Format: date-time */
                tokenUntil: string;
            } | null;
            /** Format: date-time */
            knownUntil: string | null;
            limit: {
                perWindow: number | null;
                used: number;
                /** Format: date-time */
                windowEndsAt: string | null;
                /** Format: date-time */
                closedUntil: string | null;
            } | null;
        };
        ConnectionTest: {
            key: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            verdict: "works" | "attention" | "fails" | "nothing";
            findings: {
                /** @enum {string} */
                what: "reach" | "webhooks" | "receipts" | "settings";
                /** @enum {string} */
                status: "ok" | "warn" | "fail";
                detail: string;
                todo: string | null;
            }[];
        };
        Invitation: {
            /** Format: uri */
            address: string;
            /** Format: date-time */
            addressUntil: string;
            /** Format: uri */
            authorisation: string;
            /** Format: date-time */
            authorisationUntil: string;
        };
        QualityFixResult: {
            /** Format: uuid */
            id: string;
            woken: number;
        };
        QualityFixRequest: {
            address?: {
                /** @enum {string} */
                channel: "sms" | "email";
                value: string;
            };
            how?: string;
        };
        QualityIgnored: {
            /** Format: uuid */
            id: string;
        };
        QualityIgnoreRequest: {
            reason: string;
        };
        WishesResult: {
            client: string;
            wishes: components["schemas"]["Wishes"];
        };
        Wishes: {
            quiet?: components["schemas"]["QuietWish"][];
            /** @enum {string} */
            updates?: "at_once" | "daily" | "weekly";
        };
        QuietWish: {
            days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            from?: string;
            until?: string;
        };
        WishesRequest: {
            client: string;
            quiet?: components["schemas"]["QuietWish"][] | null;
            /** @enum {string|null} */
            updates?: "at_once" | "daily" | "weekly" | null;
        };
        ReminderReport: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            zone: string;
            /** Format: date-time */
            at: string;
            total: {
                appointments: number;
                toCome: number;
                reminded: number;
                reminders: number;
                confirmed: number;
                anotherDate: number;
                kept: number;
                missed: number;
                unknown: number;
                missedShare: number | null;
            };
            types: {
                type: string | null;
                appointments: number;
                toCome: number;
                reminded: number;
                reminders: number;
                confirmed: number;
                anotherDate: number;
                kept: number;
                missed: number;
                unknown: number;
                missedShare: number | null;
            }[];
            answers: {
                /** @enum {string} */
                answer: "confirmed" | "another_date" | "none" | "not_reminded";
                appointments: number;
                kept: number;
                missed: number;
                unknown: number;
                missedShare: number | null;
            }[];
            steps: {
                plan: string;
                step: string;
                template: string;
                reminders: number;
                confirmed: number;
                anotherDate: number;
                kept: number;
                missed: number;
                unknown: number;
                missedShare: number | null;
            }[];
        };
        PastAppointments: {
            items: components["schemas"]["PastAppointment"][];
            next: string | null;
        };
        PastAppointment: {
            /** Format: uuid */
            id: string;
            externalId: string;
            connection: string;
            /** Format: uuid */
            matterId: string;
            matter: string | null;
            client: string | null;
            summary: string | null;
            type: string | null;
            /** Format: date-time */
            startsAt: string;
            /** @enum {string|null} */
            answer: "confirmed" | "another_date" | null;
            /** @enum {string} */
            outcome: "kept" | "missed" | "unknown";
            saidBy: string | null;
        };
        AttendanceResult: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            startsAt: string;
            /** @enum {string} */
            outcome: "kept" | "missed" | "unknown";
        };
        AttendanceRequest: {
            /** @enum {string} */
            outcome: "kept" | "missed" | "unknown";
        };
        MessageReport: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            zone: string;
            /** Format: date-time */
            at: string;
            filter: {
                /** @enum {string|null} */
                channel: "sms" | "email" | null;
                /** @enum {string|null} */
                purpose: "status" | "reminder" | "conversation" | "billing" | "intake" | "marketing" | null;
                template: string | null;
                practiceArea: string | null;
            };
            /** @enum {string} */
            by: "day" | "week" | "month";
            total: components["schemas"]["MessageFigures"];
            periods: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
                messages: number;
                outcomes: {
                    delivered: number;
                    sent: number;
                    undelivered: number;
                    dead: number;
                    unknown: number;
                    under_way: number;
                    held: number;
                    in_digest: number;
                    cancelled: number;
                };
                deliveredShare: number | null;
                mails: number;
                opened: number;
                machineOpened: number;
                clicked: number;
                openedShare: number | null;
                texts: number;
                replied: number;
            }[];
            templates: {
                template: string;
                messages: number;
                outcomes: {
                    delivered: number;
                    sent: number;
                    undelivered: number;
                    dead: number;
                    unknown: number;
                    under_way: number;
                    held: number;
                    in_digest: number;
                    cancelled: number;
                };
                deliveredShare: number | null;
                mails: number;
                opened: number;
                machineOpened: number;
                clicked: number;
                openedShare: number | null;
                texts: number;
                replied: number;
            }[];
            channels: {
                /** @enum {string} */
                channel: "sms" | "email";
                messages: number;
                outcomes: {
                    delivered: number;
                    sent: number;
                    undelivered: number;
                    dead: number;
                    unknown: number;
                    under_way: number;
                    held: number;
                    in_digest: number;
                    cancelled: number;
                };
                deliveredShare: number | null;
                mails: number;
                opened: number;
                machineOpened: number;
                clicked: number;
                openedShare: number | null;
                texts: number;
                replied: number;
            }[];
            purposes: {
                purpose: string;
                messages: number;
                outcomes: {
                    delivered: number;
                    sent: number;
                    undelivered: number;
                    dead: number;
                    unknown: number;
                    under_way: number;
                    held: number;
                    in_digest: number;
                    cancelled: number;
                };
                deliveredShare: number | null;
                mails: number;
                opened: number;
                machineOpened: number;
                clicked: number;
                openedShare: number | null;
                texts: number;
                replied: number;
            }[];
        };
        MessageFigures: {
            messages: number;
            outcomes: {
                delivered: number;
                sent: number;
                undelivered: number;
                dead: number;
                unknown: number;
                under_way: number;
                held: number;
                in_digest: number;
                cancelled: number;
            };
            deliveredShare: number | null;
            mails: number;
            opened: number;
            machineOpened: number;
            clicked: number;
            openedShare: number | null;
            texts: number;
            replied: number;
        };
        QuestionReport: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            zone: string;
            /** Format: date-time */
            at: string;
            filter: {
                /** @enum {string|null} */
                channel: "sms" | "email" | null;
                /** @enum {string|null} */
                purpose: "status" | "reminder" | "conversation" | "billing" | "intake" | "marketing" | null;
                template: string | null;
                practiceArea: string | null;
            };
            /** Format: date-time */
            until: string | null;
            days: number;
            groups: {
                /** @enum {string} */
                group: "told" | "not_told" | "before";
                changes: number;
                weeks: number;
                texts: number;
                perHundredWeeks: number | null;
            }[];
            fewerTexts: number | null;
        };
        ResponseReport: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            zone: string;
            /** Format: date-time */
            at: string;
            filter: {
                /** @enum {string|null} */
                channel: "sms" | "email" | null;
                /** @enum {string|null} */
                purpose: "status" | "reminder" | "conversation" | "billing" | "intake" | "marketing" | null;
                template: string | null;
                practiceArea: string | null;
            };
            tasks: {
                kind: string;
                tasks: number;
                done: number;
                open: number;
                median: number | null;
                p90: number | null;
            }[];
            changes: {
                /** @enum {string} */
                channel: "sms" | "email";
                messages: number;
                steps: {
                    /** @enum {string} */
                    step: "heard" | "said" | "arrived" | "whole";
                    median: number | null;
                    p90: number | null;
                }[];
            }[];
        };
        ReportChoices: {
            templates: string[];
            practiceAreas: string[];
        };
        FirmStates: {
            version: number;
            states: components["schemas"]["FirmState"][];
            unknown: components["schemas"]["UnknownStatus"][];
            withoutState: number;
        };
        FirmState: {
            key: string;
            words: {
                [key: string]: string;
            };
            initial: boolean;
            next: string[];
            raw: string[];
            matters: number;
        };
        UnknownStatus: {
            raw: string;
            connection: string;
            count: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            suggestions: {
                state: string;
                raw: string;
                similarity: number;
            }[];
            quarantined: string[];
        };
        MapStatusResult: {
            raw: string;
            state: string;
            version: number;
            changed: boolean;
        };
        MapStatusRequest: {
            raw: string;
            state: string;
            reason?: string;
        };
        TemplateList: {
            items: components["schemas"]["TemplateSummary"][];
            variables: components["schemas"]["TemplateVariable"][];
        };
        TemplateSummary: {
            key: string;
            describe: string | null;
            languages: string[];
            channels: ("sms" | "email")[];
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            ahead: boolean;
            usedBy: string[];
            missing: string[];
        };
        TemplateVariable: {
            path: string;
            words: string | null;
        };
        TemplateRates: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            items: components["schemas"]["TemplateRate"][];
        };
        TemplateRate: {
            key: string;
            sent: number;
            delivered: number;
            failed: number;
            mails: number;
            opened: number;
            clicked: number;
            replied: number;
            hardlyOpened: boolean;
        };
        TemplateDetail: {
            key: string;
            describe: string | null;
            languages: string[];
            channels: ("sms" | "email")[];
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            ahead: boolean;
            usedBy: string[];
            missing: string[];
            body: components["schemas"]["TemplateBody"];
            variables: components["schemas"]["TemplateVariable"][];
            warnings: components["schemas"]["TemplateProblem"][];
        };
        TemplateBody: {
            key?: string;
            describe?: string;
            languages: {
                [key: string]: {
                    sms?: string;
                    email?: {
                        subject: string;
                        body: string;
                    };
                    digest?: string;
                };
            };
        } & {
            [key: string]: unknown;
        };
        TemplateProblem: {
            path: string;
            message: string;
        };
        TemplateHistory: {
            items: components["schemas"]["TemplateEdition"][];
        };
        TemplateEdition: {
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            body: components["schemas"]["TemplateBody"] | null;
        };
        PreviewResult: {
            problems: components["schemas"]["TemplateProblem"][];
            warnings: components["schemas"]["TemplateProblem"][];
            matter: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            messages: components["schemas"]["PreviewedMessage"][];
        };
        PreviewedMessage: {
            language: string;
            /** @enum {string} */
            channel: "sms" | "email";
            rule: string | null;
            subject: string | null;
            text: string | null;
            content: string | null;
            segments: number | null;
            problems: string[];
        };
        PreviewRequest: {
            body: components["schemas"]["TemplateBody"];
            matter?: string;
        };
        PublishTemplateResult: {
            key: string;
            edition: number;
            revision: number;
            changed: boolean;
            warnings: components["schemas"]["TemplateProblem"][];
        };
        PublishTemplateRequest: {
            body: components["schemas"]["TemplateBody"];
            basedOn: number;
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
        };
        Removed: {
            key: string;
            edition: number;
            revision: number;
        };
        RemovalRequest: {
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
            /** @description The edition that was read. Another since then is not removed */
            basedOn: number;
        };
        Rules: {
            items: components["schemas"]["Rule"][];
            vocabulary: components["schemas"]["RuleVocabulary"];
        };
        Rule: {
            key: string;
            describe: string | null;
            on: string;
            off: boolean;
            sentence: components["schemas"]["Sentence"];
            yaml: string;
            templates: string[];
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            ahead: boolean;
        };
        /** @description The same in each language of the console */
        Sentence: {
            en: string;
            es: string;
        };
        RuleVocabulary: {
            states: {
                key: string;
                words: string | null;
            }[];
            templates: {
                key: string;
                describe: string | null;
                variables: string[];
            }[];
            events: string[];
            digests: string[];
        };
        ItemHistory: {
            items: {
                edition: number;
                /** Format: date-time */
                changedAt: string;
                changedBy: string;
                /** @enum {string} */
                origin: "git" | "console";
                reason: string | null;
                yaml: string | null;
            }[];
        };
        RuleCheck: {
            problems: components["schemas"]["DraftProblem"][];
            warnings: components["schemas"]["DraftProblem"][];
            sentence: components["schemas"]["Sentence"] | null;
        };
        DraftProblem: {
            line: number;
            column: number;
            path: string;
            message: string;
        };
        RuleCheckRequest: {
            /** @description The item by itself, as YAML */
            yaml: string;
        };
        RuleTrial: {
            edition: number;
            /** Format: date-time */
            since: string;
            items: components["schemas"]["TriedItem"][];
            totals: {
                sent: number;
                unsent: number;
                changed: number;
                same: number;
                problem: number;
            };
            /** @description How many events were looked at in this part */
            looked: number;
            /** @description Of those, how many nothing is ever said of: undone at once, overtaken, told before */
            passedOver: number;
            /** Format: date-time */
            lookedUntil: string | null;
            /** Format: uuid */
            next: string | null;
        };
        TriedItem: {
            /**
             * @description sent: would be said now, and was not before · unsent: would not be said any more · changed: in other words · problem: nobody is told either way, but staff would get a task
             * @enum {string}
             */
            difference: "sent" | "unsent" | "changed" | "same" | "problem";
            event: {
                /** Format: uuid */
                id: string;
                type: string;
                /** Format: date-time */
                occurredAt: string;
            };
            matter: {
                /** Format: uuid */
                id: string;
                number: string | null;
                title: string | null;
            };
            client: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            before: components["schemas"]["TriedWords"] | null;
            after: components["schemas"]["TriedWords"] | null;
            why: {
                outcome: string;
                reason: string | null;
            } | null;
            message: {
                /** Format: uuid */
                id: string;
                state: string;
            } | null;
            standIns: string[];
        };
        TriedWords: {
            /** @enum {string} */
            channel: "sms" | "email" | "task";
            template: string | null;
            address: string | null;
            language: string | null;
            subject: string | null;
            text: string;
            urgent: boolean;
            held: string | null;
        };
        RuleTrialRequest: {
            /** @description The item by itself, as YAML */
            yaml: string;
            /** Format: uuid */
            cursor?: string;
            /** @default 100 */
            limit: number;
            /** @default false */
            same: boolean;
        };
        Published: {
            key: string;
            edition: number;
            revision: number;
            changed: boolean;
            warnings: components["schemas"]["DraftProblem"][];
        };
        PublishRequest: {
            /** @description The item by itself, as YAML */
            yaml: string;
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
            /** @description The edition that the draft was made from; 0: it is new. Another since then is not overwritten */
            basedOn: number;
        };
        Me: {
            name: string;
            email: string | null;
            role: components["schemas"]["Role"] | null;
            scopes: components["schemas"]["Scope"][];
            twoFactor: boolean | null;
            /** @enum {string|null} */
            needs: "second_factor" | null;
            firm: {
                name: string;
                timeZone: string;
                languages: string[];
            };
        };
        /**
         * @description What somebody may do; see the guide on the console
         * @enum {string}
         */
        Role: "owner" | "attorney" | "staff" | "read_only" | "operator";
        /** @enum {string} */
        Scope: "read" | "operate" | "configure" | "administer";
        StaffList: {
            items: components["schemas"]["StaffMember"][];
        };
        StaffMember: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string | null;
            role: components["schemas"]["Role"];
            /** @enum {string} */
            state: "invited" | "expired" | "joined" | "suspended" | "removed";
            invitedBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            inviteExpiresAt: string | null;
            /** Format: date-time */
            joinedAt: string | null;
            /** Format: date-time */
            lastSeenAt: string | null;
            signIn: {
                password: boolean;
                twoFactor: boolean;
                passkeys: number;
                own: boolean;
            } | null;
            walls: number;
        };
        InviteResult: {
            /** Format: uuid */
            id: string;
            /** Format: uri */
            link: string;
            /** Format: date-time */
            expiresAt: string;
            mailed: boolean;
        };
        InviteRequest: {
            name: string;
            /** Format: email */
            email: string;
            role: components["schemas"]["Role"];
        };
        Named: {
            /** Format: uuid */
            id: string;
        };
        RoleRequest: {
            role: components["schemas"]["Role"];
        };
        Walls: {
            items: components["schemas"]["Wall"][];
        };
        Wall: {
            /** Format: uuid */
            matterId: string;
            matter: string;
            /** Format: uuid */
            staffId: string;
            name: string;
            reason: string;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
        };
        WallRequest: {
            matter: string;
            /** Format: uuid */
            staffId: string;
            reason: string;
        };
        WallLiftRequest: {
            reason: string;
        };
        ApiKeys: {
            items: components["schemas"]["ApiKey"][];
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            createdBy: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** @enum {string} */
            state: "good" | "expired" | "revoked";
        };
        KeyResult: {
            /** Format: uuid */
            id: string;
            key: string;
        };
        KeyRequest: {
            name: string;
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            expiresAt?: string;
        };
        AuditEntry: {
            /** Format: date-time */
            at: string;
            actor: string;
            who: string;
            action: string;
            subject: string;
            client: string | null;
            /** Format: uuid */
            clientId: string | null;
            matter: string | null;
            /** Format: uuid */
            matterId: string | null;
            data: {
                [key: string]: unknown;
            };
            sealed: boolean;
            verified: boolean;
            raw: {
                epoch: number;
                xid: string;
                seq: string;
                at: string;
                data: string;
                leaf: string;
            };
        };
        RecordMark: {
            sealed: {
                n: number;
                /** Format: date-time */
                at: string;
                link: string;
                keyId: string;
            } | null;
            checked: {
                /** Format: date-time */
                at: string;
                ok: boolean;
                n: number;
                /** Format: date-time */
                sealedAt: string | null;
                entries: number;
                problems: {
                    kind: string;
                    n: number;
                    detail: string;
                }[];
            } | null;
        };
        AuditChoices: {
            actors: {
                actor: string;
                who: string;
            }[];
            actions: string[];
        };
        ExportRequest: {
            /**
             * @description Of the PDF
             * @default en
             * @enum {string}
             */
            language: "en" | "es";
        };
        LegalHolds: {
            items: components["schemas"]["LegalHold"][];
            next: string | null;
        };
        HoldRequest: {
            /** @enum {string} */
            scope: "matter" | "client";
            /** @description matter: number or id; client, with all their matters: id, name, number or address */
            target: string;
            reason: string;
        };
        HoldReleaseRequest: {
            reason: string;
        };
        RetentionPlan: {
            items: components["schemas"]["RetentionCount"][];
        };
        RetentionCount: {
            rule: string;
            months: number;
            /** Format: date-time */
            before: string;
            messages: number;
            texts: number;
            webhooks: number;
            onHold: number;
            stillNeeded: number;
        };
        RetentionSettings: {
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            ahead: boolean;
            months: components["schemas"]["RetentionMonths"];
            now: components["schemas"]["RetentionCount"][];
            soon: components["schemas"]["RetentionCount"][];
        };
        RetentionMonths: {
            status: number | null;
            reminder: number | null;
            conversation: number | null;
            billing: number | null;
            intake: number | null;
            marketing: number | null;
            webhooks: number | null;
        };
        RetentionPreview: {
            problems: {
                path: string;
                message: string;
            }[];
            shorter: boolean;
            items: components["schemas"]["RetentionCount"][];
            gone: {
                messages: number;
                texts: number;
                webhooks: number;
            };
        };
        RetentionDraft: {
            months: components["schemas"]["RetentionMonths"];
        };
        SettingsPublished: {
            edition: number;
            revision: number;
            changed: boolean;
            touched: number;
        };
        RetentionRequest: {
            months: components["schemas"]["RetentionMonths"];
            /** @description The edition of what was read. Another since then is not overwritten */
            basedOn: number;
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
            /** @description Where something would go sooner: the name of the firm, typed by hand. Deleted words do not come back */
            confirm?: string;
        };
        HoursSettings: {
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            ahead: boolean;
            hours: components["schemas"]["FirmHours"];
            digests: string[];
            law: components["schemas"]["LegalHours"][];
            plans: {
                key: string;
                edition: number;
                daysOff: {
                    country: string;
                    state: string | null;
                } | null;
            }[];
            waiting: number;
        };
        FirmHours: {
            timeZone: string;
            quietHours: {
                from: string;
                until: string;
                mail: boolean;
                /** @enum {string} */
                urgent: "wait" | "send";
                spread: string;
            } | null;
            cap: {
                perDay: number;
                digest: string;
            } | null;
        };
        LegalHours: {
            key: string;
            where: string;
            describe: string | null;
            channels: string[];
            purposes: string[] | null;
            allowed: {
                days: string[] | null;
                from: string;
                until: string;
            }[];
            /** @enum {string} */
            urgent: "wait" | "send";
            source: string;
            asOf: string;
        };
        HoursPreview: {
            problems: {
                path: string;
                message: string;
            }[];
            waiting: number;
            atOnce: number;
            sooner: number;
            later: number;
            same: number;
        };
        HoursDraft: {
            hours: components["schemas"]["FirmHours"];
        };
        HoursRequest: {
            hours: components["schemas"]["FirmHours"];
            /** @description The edition of what was read. Another since then is not overwritten */
            basedOn: number;
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
        };
        DaysOffRequest: {
            daysOff: {
                country: string;
                state: string | null;
            } | null;
            /** @description The edition of what was read. Another since then is not overwritten */
            basedOn: number;
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
        };
        SettingsHistory: {
            items: {
                edition: number;
                /** Format: date-time */
                changedAt: string;
                changedBy: string;
                /** @enum {string} */
                origin: "git" | "console";
                reason: string | null;
                hours: components["schemas"]["FirmHours"];
                months: components["schemas"]["RetentionMonths"];
                signIn: components["schemas"]["SignInRules"];
            }[];
        };
        SignInRules: {
            secondFactor: boolean;
            only: boolean;
        };
        SignInSettings: {
            edition: number;
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            /** @enum {string} */
            origin: "git" | "console";
            reason: string | null;
            ahead: boolean;
            rules: components["schemas"]["SignInRules"];
            own: string | null;
        };
        SignInRequest: {
            rules: components["schemas"]["SignInRules"];
            /** @description The edition of what was read. Another since then is not overwritten */
            basedOn: number;
            /** @description Why: colleagues read it in the history, and it is in the record */
            reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
