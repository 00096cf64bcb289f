#!/usr/bin/env ruby
# frozen_string_literal: true

# Posts a topic to a forum in your name; needs no gem.
#
#   ruby post_topic.rb https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
require 'json'
require 'net/http'
require 'openssl'
require 'securerandom'

# Requests a key. Only this script can decrypt the response.
def connect(site, name, scopes)
  pair = OpenSSL::PKey::RSA.new(2048)
  nonce = SecureRandom.hex
  request = {
    application_name: name,
    client_id: SecureRandom.hex,
    scopes: scopes,
    public_key: pair.public_key.to_pem,
    padding: 'oaep',
    nonce: nonce
  }
  warn "Open this URL, approve, and paste the text that the site shows:\n\n" \
       "  #{site}/user-api-key/new?#{URI.encode_www_form(request)}\n\n"
  payload = open_payload(pair, read_paste)
  unless OpenSSL.secure_compare(payload['nonce'], nonce)
    abort 'This response belongs to another request: the nonce differs.'
  end
  payload['key']
end

# Reads 344 characters (2048 bits), perhaps on several lines.
def read_paste
  text = +''
  text << ($stdin.gets || abort('Nothing was pasted.')).gsub(/\s/, '') while text.length < 344
  text
end

# OpenSSL's OAEP is that of the protocol: SHA-1 and no label. Old sites ignore the padding parameter and use PKCS#1 v1.5.
PADDINGS = [OpenSSL::PKey::RSA::PKCS1_OAEP_PADDING, OpenSSL::PKey::RSA::PKCS1_PADDING].freeze

def open_payload(pair, sealed)
  PADDINGS.each do |padding|
    payload = JSON.parse(pair.private_decrypt(sealed.unpack1('m'), padding))
    return payload if payload.is_a?(Hash) && payload['nonce'].is_a?(String)
  rescue OpenSSL::PKey::RSAError, JSON::ParserError
    next
  end
  abort 'This text cannot be decrypted: copy all of it, from this request.'
end

# Sends fields with POST, or nothing with GET.
def call(site, key, path, fields = nil)
  url = URI(site + path)
  headers = { 'User-Api-Key' => key, 'Accept' => 'application/json' }
  request = (fields ? Net::HTTP::Post : Net::HTTP::Get).new(url, headers)
  request.set_form_data(fields) if fields
  answer = Net::HTTP.start(url.host, url.port, use_ssl: url.scheme == 'https') { |http| http.request(request) }
  abort "The site rejected the request: #{printable(answer.body)}" unless answer.is_a?(Net::HTTPSuccess)
  JSON.parse(answer.body)
rescue JSON::ParserError
  abort 'The site did not return JSON.'
end

# Text of a site without control characters, which could change the terminal.
def printable(text)
  text.to_s.dup.force_encoding('UTF-8').scrub('?').gsub(/[[:cntrl:]\p{Cf}]/, '')[0, 2000]
end

site, title, text = ARGV
site = site.chomp('/')
key = connect(site, 'Ruby script', 'read,write')
begin
  puts "You are #{printable(call(site, key, '/session/current.json')['current_user']['username'])}."
  topic = call(site, key, '/posts.json', title: title, raw: text)['topic_id']
  puts "Made a topic: #{site}/t/#{printable(topic)}"
ensure
  # Always revoke the key. To store it instead, use a place that only you can read.
  call(site, key, '/user-api-key/revoke', {})
end
